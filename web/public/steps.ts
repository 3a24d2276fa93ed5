/* The named steps of the longer ways. */
export const registerSteps = ['单位信息录入', '经办人信息', '注册完成']
export const resetSteps = ['填写账号', '身份验证', '重置完成']
export const resetOperatorSteps = ['身份验证', '重置完成']
export const applySteps = ['填写申请单', '核对信息', '提交完成']
