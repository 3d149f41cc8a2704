// Words of what is found against the server, and of what an officer checks without it. Japanese.

export const evidence = {
  title: '台帳に食い違いが見つかりました',
  found: {
    fork: 'サーバーが、前に見せた台帳と両立しない台帳に署名しています。だれかに別の台帳を見せているか、台帳が書き換えられたおそれがあります。',
    older: 'サーバーの台帳が、前に確かめたものより古くなっています。古い控えから戻されたか、記録が取り去られたおそれがあります。',
    hidden: 'サーバーが、台帳にある記録の続きをこの端末に見せていません。同意の取消しなどが隠されているおそれがあります。',
    broken: 'サーバーから、台帳として成り立たない記録が届きました。',
  },
  stopped: 'この端末は通信を止めました。だれにも新しい鍵を渡さず、何も送りません。',
  works: 'そのままできること', worksList: ['この端末にある記録・話し合い・下書きを読むこと。消えたものはありません。', '送れていなかったものは、この端末に残っています。'],
  steps: 'していただくこと',
  stepsList: ['「証拠を保存する」を押して、ファイルを手元に残します。中に氏名や記録の内容は入りません。', '電話など、この仕組みを通らない方法で、下の人に知らせます。', '「確かめが済んだ」と言われるまで、会議は紙か電話で続けます。'],
  whom: '知らせる人', nobody: '監査担当または登録管理者', save: '証拠を保存する',
  others: '保存したファイルは、この仕組みの外でも確かめられます：',
  read: '続けて読む（送れません）', back: '食い違いの説明を見る',
  again: 'もう一度サーバーに確かめる', againSure: '証拠を保存しましたか。この端末の証拠は片づけられ、サーバーにもう一度つなぎます。食い違いが残っていれば、また止まります。',
  detail: '技術的な詳しさ', heads: (sizes: string) => `署名された台帳の大きさ：${sizes}`,
};

export const bundle = {
  title: '証明つきの写しを確かめる', help: '「kasane export」で書き出した写し（ZIP）を、この画面の中だけで確かめます。ファイルはどこにも送りません。',
  pick: '写しのファイル（ZIP）', working: '確かめています', good: 'すべて成り立っています', bad: (n: number) => `成り立たないところが${n}件あります`, none: (why: string) => `写しとして読めません：${why}`,
  counts: (entries: number, releases: number, refusals: number, proofs: number) => `記録${entries}件、鍵の提供${releases}件、拒否${refusals}件をもう一度判断し、証明${proofs}件を確かめました。`,
  log: '台帳の名前', size: '台帳の大きさ', part: '一部の写しです', whole: '台帳全体の写しです', notJudged: 'この画面では確かめていないこと',
  reasons: { readme: '説明書き（README.txt）の文面', accepted: 'それぞれの記録を規則が受け入れたか（一部の写しからは分かりません）', heads: '綴りの終わりについてのサーバーの言明' } as Record<string, string>,
  entry: (index: number) => `記録${index}：`,
  findings: {
    about: '写しの説明（bundle.json）が読めません', units: '綴りの一覧（units.jsonl）に読めない行があります', extra: '写しにあるはずのないファイルがあります', missing: 'ファイルが足りません',
    unreadable: 'ここから先の記録が読めません', gap: '綴りの中で、記録が抜けているか、二重になっています', time: '台帳の時刻が、前の記録より戻っています', leaf: '葉（記録の証明）が読めません', envelope: '記録の本体がありません',
    strange: '台帳が言う綴りが、写しに示されていません', unit: 'どの綴りの記録か示されていません', other_envelope: '記録の本体が、台帳のものと違います', broken: '署名や順序が成り立ちません。ここから先は確かめていません',
    seen: '書いた人が、この台帳とは別の過去を見ていました（分岐）', refused: '規則では受け付けられない記録です', opened: '鍵の提供なしに、記録が開かれました', other_unit: '内容と違う綴りに置かれています',
    no_request: '求めなしに、鍵が渡されました', other_request: '求めと違うものについての決定です', now_permit: 'もう一度判断すると、提供になります', now_deny: 'もう一度判断すると、拒否になります',
    policy: '立会いの名簿（policy）が、この台帳のものとして読めません', other_witnesses: '立会いの名簿が、台帳の最初の記録で決められた立会いと違います', no_quorum: '必要な数の立会いの署名が揃っていません',
    own_head: '台帳が時刻をつけて署名した先頭に、この台帳の署名が揃っていません', own_fork: '台帳が時刻をつけて署名した先頭は、この写しとは別の歴史です（分岐）', no_own: '台帳が時刻をつけて署名した先頭がありません', promise: 'この先の記録は後の時刻になると台帳が署名したのに、後になっていません',
    cosigned_head: '立会いが確かめた台帳の先頭に、この台帳の署名がありません', cosigned_fork: '立会いが確かめた台帳は、この写しとは別の歴史です（分岐）', other_log: '写しの説明が、別の台帳を名乗っています',
    not_made: 'この書き出しを記録したはずの項目が違います', decisions: '決定の一覧（decisions.jsonl）が、記録の内容と違います', proof: '台帳に含まれることの証明が成り立ちません',
  } as Record<string, string>,
  broken: {
    archive: 'ZIPの書庫ではないか、途中で切れています', list: 'ファイルの一覧が壊れています', name: '写しにあるはずのない名前のファイルがあります', packing: '暗号化されているか、知らない方法で圧縮されています',
    large: '256 MiBを超えます。「kasane verify」で確かめてください', twice: '同じ名前のファイルが二つあります', place: 'ファイルが一覧の場所にありません', damaged: 'ファイルが壊れています',
  } as Record<string, string>,
};

export const leaves = {
  title: '説明のつく葉', accounted: (n: number, of: number) => `${of}枚のうち${n}枚`, unexplained: '（どの綴りにも属さない記録があります。台帳に、見せられていないものが書かれています）',
  notYours: '（残りは、あなたが読まない綴りのものです）',
};
