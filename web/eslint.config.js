import js from '@eslint/js'
import compat from 'eslint-plugin-compat'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import prettier from 'eslint-config-prettier'
import globals from 'globals'
import ts from 'typescript-eslint'

const IN_BROWSER = ['public/**', 'review/**', 'shared/**']

export default ts.config(
	{ ignores: ['dist/', 'shared/generated/', 'test-results/', 'playwright-report/'] },
	js.configs.recommended,
	ts.configs.recommended,
	vue.configs['flat/recommended'],
	accessibility.configs['flat/recommended'],
	{ files: IN_BROWSER, ...compat.configs['flat/recommended'], languageOptions: { globals: globals.browser } },
	{ ignores: IN_BROWSER, languageOptions: { globals: globals.node } },
	{ files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
	prettier,
	{
		rules: {
			/* A test's name stays in one piece: tests/rules.tsv is found by it. */
			'max-len': ['error', { code: 120, tabWidth: 4, ignorePattern: '^test\\(' }],
			/* A label is tied by nesting or by id, either does. */
			'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
			/* A Form is handed down to be written into; the prop itself stays what it is. */
			'vue/no-mutating-props': ['error', { shallowOnly: true }],
			/* What a row holds and nobody asks for is called _. */
			'@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
			/* These hold text of their own. */
			'vuejs-accessibility/heading-has-content': ['error', { accessibleChildren: ['StatusTag'] }],
			/* A captcha read aloud has no caption but its answer; recordings are the applicants'. */
			'vuejs-accessibility/media-has-caption': 'off',
		},
	},
)
