#ifndef FCGI_CRYPTO_KEYRING_STEP_H
#define FCGI_CRYPTO_KEYRING_STEP_H

/* Where the exchange of the index key stands; see fcgi/crypto/keyring_turn.h. */
enum keyring_step {
	KEYRING_STILL,   /* one key, in force */
	KEYRING_COMING,  /* another is looked for too, and comes into force next */
	KEYRING_LEAVING, /* another was in force, and is looked for still */
};

#endif
