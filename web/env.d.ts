declare module 'sm-crypto' {
	export interface KeyPair {
		publicKey: string
		privateKey: string
	}
	export interface SignOptions {
		hash?: boolean
		der?: boolean
		publicKey?: string
		userId?: string
	}
	export const sm2: {
		generateKeyPairHex(): KeyPair
		doSignature(message: string, privateKey: string, options?: SignOptions): string
		doVerifySignature(message: string, signature: string, publicKey: string, options?: SignOptions): boolean
	}
}
