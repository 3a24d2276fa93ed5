/*
 * An SM2 pair made in the browser. The private half is handed to the person as a file and never
 * leaves the computer. The signature is r‖s over SM3 of the challenge, default id.
 */
import type { sm2 as Sm2 } from 'sm-crypto'

export interface MadeKey {
	publicKey: string
	privateKey: string
	signature: string
}

const USER_ID = '1234567812345678'

function base64(hex: string): string {
	const bytes = hex.match(/../g) ?? []
	return btoa(bytes.map((byte) => String.fromCharCode(parseInt(byte, 16))).join(''))
}

export function makeKeyWith(sm2: typeof Sm2, challenge: string): MadeKey {
	const pair = sm2.generateKeyPairHex()
	const signature = sm2.doSignature(challenge, pair.privateKey, {
		hash: true,
		publicKey: pair.publicKey,
		userId: USER_ID,
	})
	return { publicKey: base64(pair.publicKey), privateKey: base64(pair.privateKey), signature: base64(signature) }
}

/* The library is fetched only by who wants a pair made. */
export async function makeKey(challenge: string): Promise<MadeKey> {
	const { sm2 } = await import('sm-crypto')
	return makeKeyWith(sm2, challenge)
}

export function keyFileText(made: MadeKey, application: string): string {
	return [
		'渠道密钥（正式环境）——请妥善保管，不要发送给任何人，平台不保存渠道私钥',
		`申请单号：${application}`,
		`渠道私钥（32 字节，Base64）：${made.privateKey}`,
		`渠道公钥（65 字节 04‖X‖Y，Base64）：${made.publicKey}`,
		'',
	].join('\r\n')
}
