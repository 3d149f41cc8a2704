// Labels of codes, Japanese. Staff register: plain business Japanese (experience.md A.4).
import law from './duties.json';

export const categories = {
  ID: '基本属性', PADR: '秘匿居所・連絡先', FAM: '世帯・家族関係', MED: '健康・病歴・受診', DIS: '障害・手帳',
  LTC: '介護・認知機能', FIN: '収入・債務・家計', BEN: '公的給付・納付', HOU: '住まい', WRK: '就労・社会参加',
  EDU: '就学・養育', VIC: '虐待・被害', OFF: '非行・刑事手続', RIG: '権利擁護・後見', ORG: '国籍・信条など', SRC: '通報者・情報提供者',
};
export const kinds = {
  FACT: '事実', OBS: '観察', OPN: '支援者の所見', WIS: '本人の言葉・意向', PLN: 'プラン', TSK: '役割・課題', DEC: '決定', MIN: '会議録', DOC: '原資料',
};
export const seats = {
  chair: '会長', recorder: '記録者', member: '構成員', adhoc: '案件別招集', advisor: 'アドバイザー', observer: 'オブザーバー',
  person: '本人', family: '家族', rep: '代理人', aide: '意思決定支援者', none: '席なし',
};
export const roles = {
  registrar: '登録管理者', coordinator: '包括化推進員', decider: '支援決定者', consent_officer: '同意管理担当', protection: '保護情報管理者',
  compliance: '個人情報保護・監査担当', custodian: '鍵の保管者', disclosure: '開示請求担当', statistics: '統計閲覧者',
};
export const agencyTypes = {
  secretariat: '事務局・多機関協働', elderly: '地域包括支援', disability: '障害の相談支援', child: 'こども家庭センター・児童相談所',
  livelihood: '自立相談・家計', public_assistance: '福祉事務所（生活保護）', medical: '医療・保健', school: '学校・保育', police: '警察・保護観察',
  advocacy: '権利擁護・中核機関', housing: '居住支援', employment: '就労・参加支援', outreach: 'アウトリーチ受託者', commissioner: '民生委員・児童委員',
  watch_group: '見守り団体', abuse_desk: '虐待対応窓口',
};
export const consentStates = {
  granted: '同意する', refused: '同意しない', revoked: '撤回する', asked_no_answer: '聞いたが返事がない', unable: '判断が難しい',
};
export const consentMethods = { written: '書面', electronic: '電子', oral: '口頭' };
export const authorityTypes = { parent: '親権者', guardian: '後見人', curator: '保佐人', assistant: '補助人', mandate: '任意代理人・任意後見人' };
export const decisionKinds = { new: '新規（策定）', replan: '再プラン', close: '終結', suspend: '中断', continue: '継続・支援会議での方針', ratify: '事後承認' };
export const orderReasons = { role: '役割のため', task: '課題のため', safety: '安全のため', study: '検討のため', with_person: '本人への対応のため', other: 'その他' };
export const itemStates = { waiting: '始まる前', open: '審議中', suspended: '休憩中', closed: '終了' };
export const grounds = {
  LAW: '法律に基づく（同意は要りません）', CONSENT: '本人の同意', OWN: '自分の機関の情報', SELF: '本人', DEIDENTIFIED: '匿名化された資料',
  OFFICE: '会長・記録者・推進員の職務', REBASE: '重層への移し替えの準備', TASK: '割り当てられた課題', EMERGENCY: '緊急提供',
};
export const obligations = { log: '閲覧は記録されます', review: '後日、確認を受けます', view_only: '画面で見るだけ', watermark: '透かしが入ります', collect_at_close: '議題が終わると閉じます' };
export const cellStates = {
  GRANTED: '同意あり', REFUSED: '同意しない', REVOKED: '撤回', EXPIRED: '期限切れ', ENDED_MAJORITY: '成年に達した', ENDED_AUTHORITY: '代理権の終了',
  ENDED_DEATH: '死亡', ASKED_NO_ANSWER: '返事なし', UNABLE_TO_JUDGE: '判断困難', AUTHORITY_CONFLICT: '代理人と利益相反', CONSENT_NOT_COVERING: '範囲外', NO_CONSENT: '未確認',
};
/** Own duty of confidentiality, by where it comes from (domain.md §1.5); shown where the conference's law imposes none. */
export const duties: Record<string, string> = Object.fromEntries(Object.entries(law.duties).map(([source, words]) => [source, words.ja]));
