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
