export default {
	extends: 'stylelint-config-standard',
	overrides: [{ files: ['**/*.vue'], customSyntax: 'postcss-html' }],
	ignoreFiles: ['dist/**', 'shared/generated/**'],
	rules: {
		/* j-block__part--kind, and is-state */
		'selector-class-pattern': '^(j-[a-z]+(-[a-z]+)*(__[a-z]+(-[a-z]+)*)?(--[a-z0-9]+(-[a-z]+)*)?|is-[a-z]+)$',
		/* Safari 14 and Firefox 78 know neither ranges nor these two without their prefix. */
		'media-feature-range-notation': 'prefix',
		'property-no-vendor-prefix': [true, { ignoreProperties: ['-webkit-user-select', '-webkit-text-size-adjust'] }],
		/* What Vite inlines is named as a module is. */
		'import-notation': 'string',
		/* Files and rules stand by concern, not by weight. */
		'no-descending-specificity': null,
	},
}
