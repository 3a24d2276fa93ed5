/* Loaded only by browsers without modules (Internet Explorer): say so in Chinese. */
document.onreadystatechange = function () {
	var app = document.getElementById('app');
	if (document.readyState === 'complete' && app) {
		app.innerHTML = '<h1>您的浏览器版本过低</h1><p>请使用新版 Edge、Chrome、Firefox、360 浏览器（极速模式）或手机浏览器打开本网站。</p>';
	}
};
