// Words of what an office keeps in order: devices that a second person vouches for. Japanese.

export const devices = {
  title: '端末の確認', help: '端末をなくした人などに新しい端末を加えたときは、加えた人のほかにもう一人が、本人の端末かを確かめます。',
  steps: ['本人に、電話か対面で、その端末に出ている照合番号を読んでもらいます。登録を待つ画面と、設定の画面に出ています。', '下の番号と、はじめから終わりまで比べます。', '同じなら、確かめたことをあなたの名で台帳に残します。読める範囲は変わりません。', '違うときは確かめず、すぐに登録管理者に知らせ、その端末を無効にしてもらいます。'],
  waiting: (n: number) => `まだ確かめていない端末（${n}）`, none: 'まだ確かめていない端末はありません。', number: '照合番号', numberHelp: '新しい端末の確認で、電話などで読み上げる番号です。',
  addedBy: (name: string, date: string) => `${date}に${name}さんが加えました`, vouch: (name: string) => `${name}さんの番号と同じだった`, vouchQuestion: (name: string) => `${name}さん本人から番号を聞き、はじめから終わりまで同じでしたか。確かめたことは、あなたの名で台帳に残ります。`,
  notYou: 'あなたの端末か、あなたが加えた端末です。ほかの人が確かめます。', checked: (n: number) => `確かめた端末（${n}）`, vouchedBy: (name: string, date: string) => `${date}に${name}さんが確かめました`, own: '本人が加えました', mine: 'この端末',
};

export const requests = {
  title: '協力の求め', help: '機関に、資料・情報・意見を求めたことと、その答えを残します。求める言葉は、話し合いか記録に書いてください。ここには種類だけが残ります。', ask: '協力を求める', whom: 'どの機関に', what: '何を', about: 'どの分野の', due: 'いつまでに', dueHelp: '約束の日です。催促は送りません。', send: '求めたことを記録する',
  kinds: { material: '資料', information: '情報', opinion: '意見' } as Record<string, string>, unknown: '（読めない形で書かれています）', none: '求めはありません。', waiting: '答えを待っています', to: (agency: string, what: string) => `${agency}に${what}を求めました`, by: (name: string, date: string) => `${date}・${name}さん`, dueOn: (date: string) => `約束の日：${date}`,
  answer: '答えを記録する', answers: { given: '提供する', partly: '一部を提供する', declined: '提供なし' } as Record<string, string>, answerHelp: '断ってもかまいません。理由は要りません。提供するものは、「記録を共有する」で出してください。', answerSure: (answer: string) => `「${answer}」と記録します。あとで変わったときは、もう一度記録できます。`, answered: (answer: string, name: string, date: string) => `${answer}（${date}・${name}さんが記録）`,
  home: '答えを待っている協力の求め', own: 'あなたの機関への求め', only: '答えは、議題が開いている間に記録します。',
};

export const needs = {
  title: '機関の種別ごとに、はじめから見られる分野', help: '会長の指示がなくても、その種別の機関の構成員に示す分野です。根拠・席・同意など、ほかの条件はこれまでどおり要ります。秘匿居所と通報者は、ここでは決められません。',
  shipped: '初期の定め', changed: (index: number) => `変更済み（記録番号${index}）`, edit: '変える', categories: '見られる分野', adds: '加わる分野', drops: '外れる分野', who: 'かかわる人', nobody: 'この種別の機関に、いまはだれもいません。', hidden: 'どの世帯の記録が開き、閉じるかは、登録管理者には示しません。見ている途中の記録も、外れるとすぐに閉じます。',
  save: 'この内容で登録する', sure: '登録すると、すべての会議でただちに変わります。登録したことは台帳に残ります。', back: '初期の定めに戻す', none: 'なし', done: '登録しました',
};

export const bases = {
  title: '会議の根拠', help: '会議の根拠となる法律や要綱です。改めるときは、新しい版を登録します。前の版は台帳に残ります。', inForce: '有効', notInForce: 'いまは無効', edit: '根拠を登録する・改める', start: '何を登録しますか', prepared: (name: string) => `用意された根拠：${name}`, revise: (name: string) => `改める：${name}`, own: '市の新しい根拠',
  check: (date: string, source: string) => `${date}時点の法令によるものです。登録する前に、法務の担当と確かめてください。出典：${source}`, code: '符号', codeHelp: '英大文字・数字・下線。あとから変えられません。', codeWrong: '英大文字か数字で始め、英大文字・数字・下線だけを使ってください。',
  name: '名称', nameEn: '名称（英語）', consent: '本人の同意', consents: { required: '要る', not_required: '要らない' } as Record<string, string>, nature: '性質', natures: { duty: '根拠の法律に守秘義務がある', statutory: '法律に定めのある会議', subject_may_attend: '本人・家族が出席できる' } as Record<string, string>,
  reading: '記録を読める時', readings: { in_session: '議題が開いている間だけ', from_convening: '招集してから、議題が終わるまで' } as Record<string, string>, links: '記録を受け渡せる、ほかの根拠', law: '法律・要綱', article: '条', paragraph: '項', penalty: '罰則', from: 'いつから', to: 'いつまで', fromHelp: '入れなければ、登録した時からです。', fromNow: '登録した時から変わります。', fromDay: (date: string) => `${date}から変わります。`,
  changes: '変わること', before: 'いま', after: '登録後', noChange: '変わるところはありません。', opens: '本人の同意がない記録も、この根拠の議題で示されるようになります。', closes: '同意のない記録は、この根拠の議題で示されなくなります。', ends: '終わると、この根拠の議題では何も示されません。', save: 'この版を登録する', sure: '登録した版は消せません。改めるときは、次の版を登録します。', done: '登録しました', yes: 'はい', no: 'いいえ',
};
