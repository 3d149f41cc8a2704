import * as codes from './codes_ja';
import * as guard from './guard_ja';
import * as office from './office_ja';
import { bundle, evidence, leaves } from './proof_ja';
import * as reasons from './reasons_ja';

/** All words of the screens, Japanese (the default). en.ts has the same keys. */
export const ja = {
  lang: 'ja',
  product: '重ね Kasane',
  tagline: '支援会議・重層的支援会議のための、安全な場所',
  demoBanner: 'これは練習用の架空の町「架空市」です。実在の人の情報を入れないでください。',
  required: '※必須', left: (n: number) => `あと${n}文字`, full: (n: number) => `${n}文字までです。これより先は入りません。`, optional: '※任意', yes: 'はい', no: 'いいえ', cancel: 'やめる', back: '戻る', next: '次へ', close: '閉じる', save: '保存', send: '送る', edit: '直す', add: '加える', remove: '外す', select: '選んでください', none: 'なし', all: 'すべて', unknownName: '（名前は表示できません）', me: 'あなた', up: '上へ', down: '下へ', loading: '読み込んでいます',
  nav: { label: 'メニュー', home: 'ホーム', convene: '会議を招集する', consent: '同意', audit: '監査', devices: '端末の確認', registrar: '登録管理', settings: '設定', skip: '本文へ進む', language: 'English', lock: '鍵をかける', hide: '画面を隠す' },
  codes, guard, office, reasons, evidence, bundle, leaves,
  save4: { saved: '保存済み', sending: '送信中', local: 'この端末にだけ保存', failed: '保存できません' },
  saveHelp: { saved: 'サーバーが記録したことを確かめました', sending: 'サーバーの確認を待っています', local: 'つながると自動で送ります', failed: '理由を見て、やり直してください' },
  connection: {
    connecting: '接続しています', catching_up: '記録を確かめています', live: '接続中',
    offline: '接続が切れました。入力はこの端末に保存しています。つながると自動で送ります。', stopped: '接続を止めています',
    silent: '返事がありません', silentBar: 'サーバーから返事がありません。入力はこの端末に保存しています。返事がなければ、自動でつなぎ直して送ります。',
  },
  status: { title: 'この端末の状態', connection: '接続', saved: '保存', serverTime: 'サーバーの時刻', ledger: '確かめた記録', entries: (n: number) => `${n}件`, unsent: '送っていないもの', signAgain: 'もう一度署名して送る', discard: '取りやめる', failedStep: 'できなかった操作' },
  witnesses: {
    practice: '（練習用の町では、立会いも同じ人が動かしています。動かす人に対しては、何の証明にもなりません。）',
    none: '台帳の立会い：この町では立会いを置いていません。', ago: (minutes: number) => (minutes < 1 ? '1分以内' : `${minutes}分前`),
    fresh: (answering: number, of: number, ago: string) => `台帳の立会い：${of}者のうち${answering}者が確認（最後の確認 ${ago}）`,
    stale: (answering: number, of: number, ago: string | null) => `台帳の立会い：${of}者のうち${answering}者が確認（最後にそろったのは ${ago ?? 'まだ'}）。読める人を増やす操作は、確認が戻るまで止まっています。読むことと、範囲を狭める操作はできます。`,
  },
  start: {
    title: 'はじめる', choose: 'どの金庫を開きますか', chooseHelp: '金庫には、この端末の鍵が入っています。鍵はこの端末から出ません。', passphrase: '合言葉', passphraseHelp: '8文字以上。言葉をいくつかつなげ、ほかで使っていないものにしてください。', open: '開く', forget: 'この金庫を消す', forgetSure: '消すと、この端末では読めなくなります。消しますか。',
    newDevice: 'この端末を新しく使う', newDeviceHelp: '鍵をこの端末で作り、端末情報を登録管理者に渡します。', label: 'この端末の呼び名', labelHelp: '例：相談室のノートパソコン', way: '鍵の用意', make: '鍵を作る', seed: '初期設定で表示された種（kasane init）', seedHelp: '最初の登録管理者だけが使います。', fromSeed: '初期設定の種から取り込む（最初の登録管理者）', importSeed: '種から取り込む',
    waiting: '登録を待っています', waitingHelp: '下の端末情報を登録管理者に渡してください。登録されると自動で始まります。', bundle: '端末情報', copy: '写し取る', copied: '写し取りました', download: 'ファイルに保存', waitingDemo: '練習用の町「架空市」は、このアドレスの鍵を知りません。何も変わっていません。ops/run が表示したアドレスを、初めから終わりまで写して開き直してください。', brokenAddress: 'アドレスの # から後が途中で切れているか、変わっています。何も変わっていません。渡されたアドレスを、初めから終わりまで写して開き直してください。', noLog: '登録管理者から受け取ったアドレスを開いてください。', other: '別の金庫を選ぶ', lastUsed: '最後に使った日',
  },
  home: {
    title: 'ホーム', hello: (name: string) => `${name}さん`, today: '今日の会議', upcoming: 'これからの会議', past: '終わった会議', nothing: '予定されている会議はありません。', enter: '会議に入る', review: '記録を見る', again: 'もう一度開く', againHelp: '練習用の会議を、もう一度はじめから開きます。', tasks: 'わたしの課題', noTasks: '課題はありません。', until: (d: string) => `${d}まで`, done: '終わりました', decisions: '決定', awaitingConfirm: '確認を待っています', confirmed: '確認済み', records: '手元の記録', households: '受け持ちの世帯', newHousehold: '世帯を加える', shareDesk: '記録を書く', drafts: '書きかけ', resume: '続きを書く', items: (n: number) => `議題 ${n}件`,
  },
  household: (code: string) => `世帯 ${code}`,
  subject: (code: string) => `対象者 ${code}`,
  calledWith: (first: string, second: string) => `${first}（${second}）`,
  andOthers: ' ほか',
  live: {
    parts: '画面の部分', unheard: (n: number) => `新しい発言 ${n}`,
    title: '会議', agenda: '議題', item: (n: number) => `議題${n}`, law: 'この議題の根拠', means: 'わたしにとって', duty: 'わたしの守秘の根拠', records: '記録', share: '記録を共有する', talk: '話し合い', talkLabel: '発言', say: '発言する', attendance: '出席', tools: '会長の操作',
    consentFree: '同意がなくても共有できます', consentNeeded: '一人ひとりの同意の範囲だけを表示します',
    meansNoConsent: (penalty: string) => `同意を得ていない情報を扱います。知り得た秘密を漏らした人は、${penalty}に処せられます。撮影・書き写し・転送はできません。`,
    meansConsent: '本人の同意の範囲の情報だけを表示します。この議題には法律の罰則はありません。あなた自身の守秘義務は続きます。',
    openItem: '議題を開く', resumeItem: '再開する', suspendItem: '休憩にする', closeItem: '議題を終える', closeConference: '会議を終える', closeSure: 'この議題を終えます。終えると、開き直せません。', seatsEdit: '席を変える', orders: '閲覧を広げる指示', seatAs: 'だれの席として', orderWho: 'だれに', orderWhat: 'どの分野を', orderRecords: '名指しする記録', orderRecordsHelp: '秘匿居所や、議題が開く前の記録は、記録を名指しして指示します。分野か記録を、一つ以上選んでください。', orderWhy: '理由', orderGive: '指示する', addSeat: '席を加える', decision: '決定を記録する', reading: '読み上げ画面', readingHelp: 'ここにいる全員が見てよい記録だけを、大きく表示しています。', readingNone: '開いた記録のうち、ここにいる全員が見てよいものはまだありません。記録を開いてから、この画面に戻ってください。', readingEnd: '読み上げを終える', everyoneHas: '全員に届きました', waitingFor: (n: number) => `${n}人に届くのを待っています`, break: '休憩中です。記録は閉じています。', notOpen: 'まだ開いていません。会長が開くのを待っています。', ended: 'この議題は終わりました。', leave: '会議を出る', noRecords: 'この議題で見られる記録はまだありません。', carry: (n: number) => `支援会議で知った記録（${n}）`, carryHelp: '関係する一人ひとりの同意がそろった記録だけ、この議題へ移せます。会長だけに示しています。',
    state: { present: '在席', away: '席を外しています', lost: '切断', left: '退席しました', absent: 'まだ来ていません', attended: '出席', missed: '出席なし' }, typing: '入力中', withdrawn: '取り消されました', sealed: 'この端末では読めません', newTalk: '鍵を準備しています', talkWords: '照合の四語', talkStopped: '話し合いを止めています', talkOver: '話し合いは終わりました。', messageWithdraw: '取り消す',
  },
  notice: {
    switchTo: 'ここから別の議題です', confirm: '以上を読み、理解し、守ります', goOn: '議題に入る', version: (v: number) => `版 ${v}`, title: '守秘義務の確認', titleConsent: '重層的支援会議の確認', again: 'この会議では確認済みです。',
    statute: (c: { law: string; article: string; paragraph: string; penalty: string; city: string; name: string }) => [
      `この議題は、${c.law}${c.article}に基づいて${c.city}が組織する${c.name}として行います。`,
      `会議の事務に従事する者と従事していた者は、正当な理由がないのに、会議の事務に関して知り得た秘密を漏らしてはなりません（${c.law}${c.article}${c.paragraph}）。この義務は、会議が終わった後も、異動・退職・委嘱の終了などで構成員でなくなった後も続きます。`,
      `これに違反して秘密を漏らした者は、${c.penalty}に処せられます。`,
      '本人や世帯員の同意を得ていない情報を扱います。支援の検討のほかに使わないでください。同じ職場の人でも、この議題の事務に従事していない人には伝えないでください。',
      '取り上げられたこと自体も秘密です。本人、家族、近隣の方などに、この会議で話題になったことを伝えないでください。',
      '撮影・録音・書き写し・転送・印刷はしないでください。閲覧と操作は記録されます。',
      'ここで知った情報を重層的支援会議やその他の場で使うには、関係する一人ひとりの同意又は法令上の根拠を、事務局の手続で確認することが必要です。',
      '生命・身体に危険があるときは、会長に申し出て「緊急提供」の手続を取ってください。後日、確認を受けます。',
      '漏えい・紛失・誤表示に気づいたときは、直ちに事務局へ知らせてください。',
    ],
    consent: (c: { name: string; penal: string }) => [
      `ここから${c.name}です。本人の同意の範囲の情報だけを表示します。この議題には${c.penal}の罰則は適用されません。`,
      'この会議で知った個人情報を、本人の同意の範囲を超えて使用・提供しません。会議後も同様とします。',
      '同意が撤回されたときは、その時から画面に表示されません。',
      '閲覧と操作は記録されます。',
    ],
  },
  record: {
    open: '開く', opening: '開いています', cannot: '表示できません', closeView: '閉じる', by: (p: string) => `共有：${p}`, about: '対象', source: '知ったところ', ownWork: '仕事・本人から', inMeeting: (b: string) => `${b}で`, pending: (names: string) => `読めますが、鍵を持つ人（${names}）の接続待ちです`, correct: '訂正する', withdraw: '取り下げる', withdrawSure: 'この記録を取り下げます。すでに読んだ人の記憶は消せません。', withdrawnMark: '取り下げ', corrected: '訂正されました', correction: '訂正版', openedBy: '開いた人', nobodyOpened: 'まだだれも開いていません', rebase: '重層へ移す', rebaseHelp: '新しい記録として、この議題に移します。元の記録は支援会議に残ります。読める人を確かめてください。', ground: '見られる理由', refusedMark: '本人は同意していません',
  },
  share: {
    title: '記録を共有する', correctTitle: '記録を訂正する', correctHelp: '元の記録を取り下げて、正しい記録を共有します。二つは同時に行われます。', whereTo: '出すところ', desk: '議題に出さず、手元に置く', household: '世帯', about: 'だれについて', categories: '分野', kind: '種類', learned: 'どこで知りましたか？', learnedOwn: '自分の仕事・本人から', learnedHere: 'この会議で', heading: '見出し', headingHelp: '見出しも暗号化されます。', body: '内容', more: '細かな指定', withhold: '本人・家族の席には示さない', hold: '次の機関にだけ見せる（限定）', names: '氏名', namesHelp: 'この記録を開いている人の画面で、符号の代わりに出ます。ほかの人には出ません。', readersTitle: '読める人・読めない人', readersHelp: '共有する前に確かめてください。この端末が規則に照らして計算しました。', can: '読める', cannot: '読めない', onceOpen: '議題が開き、告知を確認すると読める', hiddenFrom: '存在も示されない', deskReaders: '手元で読める人', nobody: 'ほかに読める人はいません', confirm: '共有する', refused: 'この形では共有できません', fillFirst: '対象者と分野を選ぶと、読める人をここに表示します。', done: '共有しました',
    myNumber: 'マイナンバー（個人番号）らしい12桁の数字があります。個人番号は書けません。',
  },
  consent: {
    title: '同意を登録', help: '本人の一人ひとりの同意を、分野と提供先ごとに登録します。', who: 'だれの同意ですか', giver: 'だれが答えましたか', self: '本人', state: '答え', categories: '分野', recipients: '提供先', method: '受け方', evidence: '証拠の書面（電子ファイル）', evidenceHelp: 'ファイルはこの端末で指紋（ハッシュ）にするだけで、送りません。', witness: '立ち会った人', from: 'いつから', to: 'いつまで', noEnd: '期限なし', preview: '変わることを確かめる', changes: 'この登録で変わること', byServer: 'サーバーが計算しました（あなたはこの議題の記録を読めないため）', byDevice: 'この端末が計算しました', opens: '見られるようになる', closes: '見られなくなる', changesReason: '理由が変わる', openedAlready: 'すでに開いています（見たことは取り消せません）', noChange: '見られるようになる人、見られなくなる人はいません。', reasonsOnly: (n: number) => `理由だけが変わるもの ${n}件`, cut: '多いため、2,000件までを示しています。このほかにも変わるものがあります。', register: '登録する', done: '登録しました', history: 'これまでの同意', now: 'いまの状態', noCases: '登録できる世帯がありません。', table: '分野と提供先ごとの同意', rejected: 'このままでは登録できません', people: (n: number) => `${n}人`, times: (n: number) => `記録 ${n}件`,
  },
  decision: {
    title: '決定を記録する', kind: '決定の種類', policy: '方針', policyHelp: '何を目指し、どう支えるか', works: 'できていること', worksHelp: '本人や家族、支える人が、いまできていること', tasks: 'だれが・何を・いつまでに', who: 'だれが', what: '何を', due: 'いつまでに', addTask: '行を加える', next: '次回', confirmation: '記録者の確認', rests: '根拠にした記録', check: '内容を確かめる', checkTitle: '署名する前に確かめてください', readers: '読める人：会長・記録者・推進員と、この議題で見てよい人', sign: '署名して記録する', signed: '会長が署名しました', confirm: '内容を確かめて承認する', confirmedBy: (p: string) => `${p}が確認しました`, waiting: '記録者の確認を待っています', read: '決定を読む', print: '印刷する', correction: '決定は書き換えられません。直すときは、新しい決定を記録します。',
  },
  convene: {
    title: '会議を招集する', when: '日時', move: '日時を変える', date: '日付', time: '開始時刻', hour: '時', minute: '分', items: '議題', addItem: '議題を加える', household: '世帯', basis: '根拠', seats: '席', person: '人', seat: '席', check: '確かめる', checkTitle: '招集の内容を確かめてください', send: '招集する', done: '招集しました', noHousehold: '先に世帯を加えてください。', minutes: '分', chairNeeded: '会長をひとり選んでください。', itemNeeded: '議題を一つ以上加えてください。', pastDate: '日時を正しく入れてください。',
  },
  date: { era: '年号', reiwa: '令和', heisei: '平成', showa: '昭和', taisho: '大正', western: '西暦', year: '年', month: '月', day: '日', invalid: 'この日付はありません。', other: (s: string) => `（${s}）` },
  audit: {
    title: '監査', help: 'すべての提供と拒否です。職員は氏名、世帯は符号で示し、内容は示しません。', look: '何を調べますか', lookHelp: '調べたことも台帳に残ります。台帳に残ってから、その時点までのものを示します。', lookNow: '台帳に残して調べる', lookAgain: 'もう一度、台帳に残して調べる', lookWaiting: '台帳に残しています', looked: (n: number) => `記録番号${n}として台帳に残しました`, upTo: (time: string) => `（${time}まで）`, everybody: '全職員', everyHousehold: '全世帯', everyDay: '全期間', between: (from: string, to: string) => `${from}〜${to}`, textHelp: '下に出ているものから探します。', five: { reads: '閲覧', denied: '拒否された閲覧', withoutConsent: '同意なしの根拠での閲覧', afterHours: '時間外の閲覧', exports: '書き出し' }, filters: '絞り込み', person: '職員', household: '世帯', kind: '種類', from: 'いつから', to: 'いつまで', text: '語', when: '日時', who: 'だれが', what: '何を', ground: '根拠・理由', index: '記録番号', none: '当てはまる記録はありません。', kinds: { release: '鍵を渡した', denied: '拒否', request: '求めた', opened: '開いた', export: '書き出し', look: '監査で調べた', emergency: '緊急提供', grant: '鍵を分けた' }, outcomes: '提供・拒否・緊急・書き出し', all: 'すべての動き', openedAt: (time: string) => `${time}に開いた`, more: (n: number) => `さらに表示（あと${n}件）`, alarm: '確認が必要', check: '台帳を確かめる', checking: '確かめています', good: '矛盾は見つかりませんでした', bad: '矛盾が見つかりました', size: '記録の数', root: '根の値', signatures: '確かめた署名', units: '確かめた綴り', took: 'かかった時間', export: '表計算用に書き出す', exportLines: 'JSON で書き出す', exportHelp: '書き出したこと自体も記録されます。', evidence: '証拠を保存する', rows: (n: number) => `${n}件`,
  },
  registrar: {
    title: '登録管理', agencies: '機関', addAgency: '機関を加える', id: '識別子', idHelp: '英小文字・数字・ハイフン。あとから変えられません。', idWrong: '英小文字か数字で始め、英小文字・数字・ハイフンだけを使ってください。', type: '種別', name: '名称', people: '人', addPerson: '人を加える', personName: '氏名', post: '役職', agency: '所属', noAgency: '所属なし（本人・家族など）', roles: '役割', changeRoles: '役割を変える', rolesSure: 'いまの役割は、選んだものに置き換わります。外した役割で見えていたものは、すぐに閉じます。', duty: '守秘の根拠', devices: '端末', addDevice: '端末を加える', bundle: '端末情報', bundleHelp: '本人の端末に表示された文字を貼り付けるか、ファイルを選んでください。', whose: 'だれの端末', revoke: '無効にする', revokeSure: 'この端末を無効にします。元に戻せません。', end: '在任を終える', endSure: 'この人の在任を終えます。守秘義務は続きます。', ended: '在任終了', address: '新しい人に渡すアドレス', notices: '守秘の告知', publish: '新しい版を公表する', file: 'ファイルから', sealedNote: '氏名と役職は暗号化され、サーバーには読めません。',
  },
  settings: { title: '設定', device: 'この端末', bundle: '端末情報', vault: '言葉と鍵', lock: '鍵をかける', about: 'このソフトについて', log: '台帳の名', shortcuts: '操作', esc: 'Esc を2回押すと、画面を隠します。', blank: '15分操作がないと、画面を隠します。金庫は、開けてから12時間で鍵がかかります。' },
  hidden: { title: '天気', text: '今日もおだやかな一日です。', back: '戻る' },
  errors: { summary: '確かめてください', missing: '入力してください。', choose: '選んでください。', clock: (m: number) => `この端末の時計が${m}分ずれています。`, confirmClock: '確認した', dismiss: '閉じる', boundary: '画面を表示できませんでした。読み込み直してください。入力はこの端末に保存しています。', reload: '読み込み直す' },
  notes: {
    granted_key: '鍵を分けました', unit_closed: '読めなくなった記録を閉じました', item_switched: '議題が切り替わりました', record_opened: '記録が見られるようになりました', view_closed: '見ていた記録が閉じられました', clock_off: '端末の時計がずれています', narrowing_late: '同意の撤回・保護が10秒たっても届いていません。電話などで直ちに会長へ知らせてください。', stale: 'その間に変わったことがあります。見直して、もう一度署名してください', half_signed: 'あなたの二つめの署名を待っている記録があります', evidence: 'サーバーの記録に矛盾があります', times: (n: number) => `（${n}件）`,
  },
  roleOfMine: '役割',
};
