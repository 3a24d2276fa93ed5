/* The footer's links; their texts are fetched when one is opened (pages/aboutTexts.ts). */
export const aboutPages = [
	{ key: 'site', title: '关于本网' },
	{ key: 'statement', title: '网站声明' },
	{ key: 'privacy', title: '隐私政策' },
	{ key: 'access', title: '无障碍说明' },
	{ key: 'contact', title: '联系我们' },
] as const

export type AboutKey = (typeof aboutPages)[number]['key']
