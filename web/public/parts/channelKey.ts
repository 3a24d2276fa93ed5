/*
 * An SM2 pair made in the browser. The private half is handed to the person as a file and never
 * leaves the computer. The signature is r‖s over SM3 of the challenge, default id.
 */
import type { sm2 as Sm2 } from 'sm-crypto'

export interface MadeKey {
	publicKey: string
	privateKey: string
}

const USER_ID = '1234567812345678'

function base64(hex: string): string {
	const bytes = hex.match(/../g) ?? []
	return btoa(bytes.map((byte) => String.fromCharCode(parseInt(byte, 16))).join(''))
}
const hexOf = (text: string) => [...atob(text)].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')

export function makeKeyWith(sm2: typeof Sm2): MadeKey {
	const pair = sm2.generateKeyPairHex()
	return { publicKey: base64(pair.publicKey), privateKey: base64(pair.privateKey) }
}

export function signKeyWith(sm2: typeof Sm2, made: MadeKey, challenge: string): string {
	const options = { hash: true, publicKey: hexOf(made.publicKey), userId: USER_ID }
	return base64(sm2.doSignature(challenge, hexOf(made.privateKey), options))
}

/* The library is fetched only by who wants a pair made. */
const library = () => import('sm-crypto')
export const makeKey = async (): Promise<MadeKey> => makeKeyWith((await library()).sm2)
export const signKey = async (made: MadeKey, challenge: string): Promise<string> =>
	signKeyWith((await library()).sm2, made, challenge)

export function keyFileText(made: MadeKey, application: string): string {
	return [
		'渠道密钥（正式环境）——请妥善保管，不要发送给任何人，平台不保存渠道私钥',
		`申请单号：${application}`,
		`渠道私钥（32 字节，Base64）：${made.privateKey}`,
		`渠道公钥（65 字节 04‖X‖Y，Base64）：${made.publicKey}`,
		'',
	].join('\r\n')
}
