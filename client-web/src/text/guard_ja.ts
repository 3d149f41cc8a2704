// Words of what guards a household: protections, conflicts, the coordinator, two signatures, emergencies. Japanese.

export const household = {
  title: '世帯の守りと引き継ぎ', open: '守り・引き継ぎ', seen: '見守る世帯', coordinator: '担当の推進員', nobody: 'いません',
  incomplete: 'この世帯の記録の一部を、あなたは見られません。見えているものだけを示します。',
  protections: '保護（DV・虐待など）', protectionsHelp: '保護した人の居所などは、名を挙げた相手とその代理人にはどこでも示しません。', noProtection: '保護は登録されていません。',
  against: '示さない相手', addProtection: '保護を登録する', whom: 'だれを守りますか', opponents: 'だれに示さないか', staff: (name: string) => `職員：${name}`,
  liftProtection: '保護を解除する', liftQuestion: '解除すると、相手だった人にも示されるようになります。二人の署名が要ります。',
  conflicts: '利益相反', conflictsHelp: 'ここに挙げた人には、この世帯のことを何も示しません。', noConflict: '申し出はありません。', declare: '利益相反を登録する', declareSelf: '自分の利益相反を申し出る',
  declareSure: 'この世帯のことを、この人には何も示さなくなります。開いている記録もすぐに閉じます。', liftConflict: '除外を解く', liftConflictQuestion: '解くと、この人にも席に応じて示されるようになります。二人の署名が要ります。',
  handOver: '担当を引き継ぐ', handOverHelp: 'あなたが持つ鍵を、次の推進員の端末に渡します。渡したあと、あなたは担当でなくなります。', successor: '次の推進員', handOverSure: '担当を引き継ぎます。元に戻すには、次の推進員からの引き継ぎが要ります。',
  handedOver: (given: number, missing: number) => `引き継ぎました。記録${given}件の鍵を渡しました。${missing > 0 ? `${missing}件は鍵を持つ人から届きます。` : ''}`,
  noSuccessor: 'ほかに推進員がいません。登録管理者に役割の登録を頼んでください。',
};

export const people = {
  subjects: '対象者と日付', subjectsHelp: '本人が自分で決められる日、成年に達する日から、同意の数え方が変わります。', noDates: '日付は登録されていません', editDates: '日付を直す', saveDates: '日付を登録する', addSubject: '対象者を加える',
  dates: { ownConsentAt: '本人の同意が要る日', majorityAt: '成年に達する日', deceasedAt: '亡くなった日' },
  datesHelp: { ownConsentAt: 'この日から、親権者の同意だけでなく本人の答えを先に数えます。', majorityAt: 'この日で、親権者の同意は終わります。', deceasedAt: 'この日で、同意は終わります。' },
  authorities: '代わりに答える人', authoritiesHelp: '親権者・後見人などの権限です。同意を代わりに答えられるのは、ここにある人だけです。', noAuthority: '登録はありません。', addAuthority: '権限を登録する',
  of: (subject: string, type: string) => `${subject}の${type}`, forWhom: 'だれの代わりですか', type: '権限の種類', holder: '権限を持つ人', holderHelp: '名簿にいない人は番号で登録します。氏名は「基本属性」の記録に書いてください。', outside: '名簿にいない人', stranger: (n: number) => `名簿にいない人${n}`,
  categories: '権限の及ぶ分野', toHelp: '権限はあとから縮められません。終わる日が分かるときは入れてください。',
  inConflict: '利益相反', setConflict: '利益相反にする', setConflictSure: 'この人の同意も不同意も数えなくなります。この人がした同意で見えていたものは、すぐに閉じます。この人には、この対象者のことを示しません。', undoConflict: '利益相反を解く', undoConflictSure: 'この人の同意と不同意を、また数えます。見える人が増えることがあります。',
  oral: '口頭で伝えたことを記録する', oralHelp: '生命・身体・財産の危険があって、電話などで伝えたときに、伝えたことを台帳に残します。何も開きません。相手と内容は、記録に書いてください。', oralSure: 'あなたの名で台帳に残ります。取り消せません。', oralGround: '伝えたのは何の危険のためですか', oralDone: '記録しました。',
};

export const second = {
  title: '二人目の署名を待っています', ask: '署名して二人目に頼む', whom: '二人目の署名を頼む人', none: 'いま二人目になれる人がいません。保護情報管理者・監査担当・推進員などの登録を確かめてください。',
  asked: (name: string) => `${name}さんに頼みました。署名されるまで何も変わりません。1日で取り消されます。`, from: (name: string) => `${name}さんが署名しました`, waiting: (name: string) => `${name}さんの署名を待っています`,
  until: (time: string) => `${time}まで`, sign: '確かめて署名する', decline: '署名しない', declineSure: 'この端末から消えます。相手には自動で伝わりません。理由を直接伝えてください。何も変わりません。',
  kinds: { 'protect.lift': '保護を解除する', 'conflict.lift': '利益相反の除外を解く', 'record.destroy': '記録を廃棄する' } as Record<string, string>,
  means: {
    'protect.lift': 'この人の保護がすべて終わります。相手だった人にも示されるようになります。', 'conflict.lift': 'この人にも、席に応じてこの世帯のことが示されるようになります。',
    'record.destroy': 'この記録の鍵と内容を消します。元に戻せません。消したことは台帳に残ります。',
  } as Record<string, string>,
  destroy: '廃棄する', destroyQuestion: 'この記録の鍵と内容を消します。元に戻せません。二人の署名が要ります。', refused: 'いまは署名しても通りません',
};

export const emergency = {
  title: '緊急提供', help: '生命・身体・財産に危険があるとき、同意や席がなくても、決めた時間だけ一人に示します。',
  steps: ['あなたが求めても、まだ何も開きません。', '別の機関の人か監査担当が、60分以内に承認します（保護情報を含むときは保護情報管理者）。', '承認から決めた分数だけ、その一人に開きます。', 'すべて台帳に残り、監査担当が後で確認します。7日を過ぎて確認がないと、次を求められません。'],
  person: 'だれに示しますか', what: 'どの分野を', records: 'どの記録を', ground: '何の危険ですか', minutes: '何分間', min: (n: number) => `${n}分`, protective: '秘匿居所・通報者も含める（保護情報管理者の承認が要ります）',
  grounds: { life: '生命', body: '身体', property: '財産' } as Record<string, string>, invoke: '緊急提供を求める', invokeSure: '求めたことは取り消せません。承認されるまで何も開きません。', invoked: '求めました。承認する人に、電話でも知らせてください。', choose: '分野か記録を、一つ以上選んでください。',
  toApprove: '緊急提供の承認を求められています', approve: '承認する', approveSure: '承認すると、すぐに開きます。あなたの名が台帳に残ります。', toReview: '緊急提供の確認', upheld: '妥当だった', notUpheld: '妥当でなかった（すぐに終える）', reviewHelp: '後日の確認です。妥当でないとすると、開いているものはすぐに閉じます。',
  state: { waiting: '承認を待っています', expired: '承認されませんでした（何も開いていません）', live: '開いています', ended: '終わりました' } as Record<string, string>, until: (time: string) => `${time}に閉じます`, approveUntil: (time: string) => `${time}までに承認がないと無効です`, by: (name: string) => `求めた人：${name}`, to: (name: string) => `示す相手：${name}`,
  opened: '緊急提供で開いている記録', past: 'これまでの緊急提供',
};

export const tasks = {
  title: '役割・課題', help: '会議と会議の間に、選んだ記録をその人の手元で読めるようにします。', assign: '割り当てる', who: '引き受ける人', records: 'どの記録を', to: 'いつまで', none: '割り当てはありません。', end: '終える', ended: '終わりました', assigned: '割り当てました',
};

export const attest = {
  title: '端末のない人の確認', help: '紙か口頭で告知を読み、守ると答えた人を、あなたの名で記録します。', paper: '紙で確認した', oral: '口頭で確認した', done: '確認済み', waiting: '告知の確認がまだの人',
};
