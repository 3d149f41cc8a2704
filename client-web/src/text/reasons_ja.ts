// A sentence for every reason: what happened, what is safe, what to do. Placeholders use the short form.

/** On a placeholder: 「表示できません：…」. Reasons that policy.md calls hidden never reach a screen, but for the audit. */
export const placeholders: Record<string, string> = {
  NO_CONSENT: '本人の同意がありません', REFUSED: '本人が同意していません', REVOKED: '同意が撤回されました', EXPIRED: '同意の期限が切れています',
  ENDED_MAJORITY: '成年に達したため、本人への確認が要ります', ENDED_AUTHORITY: '代理権が終わっています', ENDED_DEATH: '亡くなられたため、見直しが要ります',
  ASKED_NO_ANSWER: '同意の返事がまだありません', UNABLE_TO_JUDGE: '本人の判断が難しい状態です', AUTHORITY_CONFLICT: '代理人と利益が対立しています',
  CONSENT_NOT_COVERING: '同意の範囲外です', NOT_NEEDED: '役割に必要な範囲の外です', PROTECTED: '保護情報です', ORIGINATOR_HOLD: '提供元が限定しています',
  NOT_ACKNOWLEDGED: '守秘の告知の確認がまだです', ITEM_NOT_OPEN: '議題が開いていません', WITHDRAWN: '取り下げられました', OBSERVER: '匿名化された資料だけを見られます',
  FLOW: '同意なしに知った情報は、この議題に出せません', NOT_MEMBER: 'この議題に席がありません', RECUSED: '利益相反のため除外されています', SOURCE_PROTECTED: '通報者の保護のため',
  WITHHELD: '本人には示さない記録です', UNKNOWN: '見つかりません', WRONG_CASE: '別の世帯の議題です', BASIS_NOT_IN_FORCE: '根拠となる法が効力をもっていません',
  PERSON_ENDED: '在任が終わっています', DEVICE_REVOKED: '端末が無効にされています',
};

/** As the answer to a step that was refused. */
export const failures: Record<string, string> = {
  OFFLINE: '接続が切れています。入力はこの端末に保存しています。つながると自動で送ります。',
  LOCKED: '金庫が閉じています。合言葉を入れて開いてください。',
  WRONG_PASSPHRASE: '合言葉が違います。金庫の中身はそのままです。大文字・小文字と入力の言語を確かめて、もう一度入れてください。',
  VAULT_IN_USE: 'この金庫は、別の窓で開いています。そちらの入力はそのままです。その窓を使うか、閉じてからもう一度お試しください。',
  EVIDENCE: 'サーバーの記録に矛盾が見つかりました。この端末は、これ以上だれにも情報を渡しません。証拠を保存して、監査担当に連絡してください。',
  CLOCK_OFF: 'この端末の時計が2分以上ずれています。表示されたサーバーの時刻が正しいことを確かめて「確認した」を押してください。それまで情報は渡しません。',
  INCOMPLETE: '判断に必要な記録が、まだ（またはもう）読めません。少し待ってからやり直してください。',
  TAMPERED: '届いた内容が、作成者の署名と合いません。表示しません。監査担当に連絡してください。',
  NOT_ALLOWED: 'この端末の確認では、許されていません。何も変わっていません。',
  NO_EPOCH: '話し合いの鍵を準備しています。数秒後にもう一度お試しください。入力は残っています。',
  EPOCH_UNSAFE: '話し合いの鍵に、許されていない相手が含まれていました。送信を止めています。会長に知らせてください。',
  UNKNOWN_DEVICE: 'この端末はまだ登録されていないか、無効にされています。登録管理者に、端末情報を渡してください。',
  INPUT: '入力に足りないところがあります。印のついた欄を確かめてください。',
  POLICY_FAILED: '判定のプログラムを読み込めませんでした。ページを読み込み直してください。何も失われていません。',
  TOO_LARGE: '長すぎます。文章を短くするか、分けて共有してください。何も送っていません。',
  DISCARDED: '取りやめました。',
  STALE: 'その間に、ほかの人が範囲を狭める記録をしました。変わった点を見て、もう一度署名してください。入力は残っています。',
  CLOCK: '時刻が合わないため受け付けられませんでした。もう一度署名して送ってください。入力は残っています。',
  SIGNATURE: '署名を確かめられませんでした。何も変わっていません。ページを読み込み直してください。',
  REPEATED: '同じ番号で別の内容が届いています。何も変わっていません。もう一度やり直してください。',
  RECIPIENTS_CHANGED: '読める人が、いま変わりました。もう一度確かめて共有してください。入力は残っています。',
  EPOCH_CHANGED: '話し合いの鍵が新しくなりました。自動で送り直します。',
  KEY_PENDING: '読めますが、鍵を持つ人の接続を待っています。つながると自動で開きます。',
  BLOB_MISSING: '送信が途中で切れました。もう一度送ってください。入力は残っています。',
  BUSY: 'サーバーがいま書き込みを止めています。読むことはできます。入力はこの端末に保存しています。',
  SEEN: 'この端末の記録とサーバーの記録が合いません。読み込み直してください。', LOG: 'このアドレスは、別のサーバー（別の町）のものです。何も送らず、何も変わっていません。渡されたアドレスを確かめて、開き直してください。', UNIT: '記録の宛先が合いません。何も変わっていません。',
  MALFORMED: '内容の形が正しくありません。何も変わっていません。', METHOD: 'このサーバーでは使えない操作です。', PARSE: '通信が壊れていました。もう一度お試しください。', INVALID: '通信の形が正しくありません。もう一度お試しください。',
  NOT_AUTHORISED: 'この操作をする役割がありません。何も変わっていません。', UNKNOWN: '対象が見つかりません。もう無いか、あなたには示されないものです。',
  DUPLICATE: 'すでに行われています。何も変わっていません。', NOT_ACKNOWLEDGED: '先に、守秘の告知を読んで確認してください。', ITEM_NOT_OPEN: '議題が開いていないため、できません。',
  ITEM_CLOSED: '議題は終わっています。', OTHER_ITEM_OPEN: 'ほかの議題が開いています。先にそれを終えるか、休憩にしてください。', TOO_EARLY: '開始の60分前から開けます。', TOO_LATE: '時間が過ぎたため、できません。',
  CHAIR_MISSING: '会長がひとり必要です。', SEAT_NOT_ALLOWED: 'この議題では、その席に着けません。', SUBJECT_MISSING: 'だれの立場での席かを選んでください。', WRONG_CASE: '別の世帯の記録です。',
  FLOW: '同意なしに知った情報は、この議題には出せません。全員の同意がそろったら、会長が「重層へ移す」を使えます。', PROTECTED_PARENT: '元の記録の保護が、新しい記録に足りません。保護の分野と対象者をそろえてください。',
  EVIDENCE_MISSING: '同意の証拠が足りません。書面・電子は証拠、口頭は立会人が必要です。', SECOND_PERSON: '別の人の確認が必要です。ご自分ではできません。', INCOMPATIBLE_ROLES: 'ひとりで兼ねられない役割の組み合わせです。',
  REASON_MISSING: '理由を選んでください。', STALE_NOTICE: '新しい版の告知があります。読み直してください。', WITHDRAWN: '取り下げられた記録です。', REVIEW_OVERDUE: '確認が済んでいない緊急提供があります。監査担当の確認を先に受けてください。',
  TIME_REVERSED: '時刻が前後しています。もう一度お試しください。', PERSON_ENDED: '在任が終わっています。開いていた記録は閉じました。心当たりがなければ、登録管理者に連絡してください。', DEVICE_REVOKED: 'この端末は無効にされました。開いていた記録は閉じました。書きかけは、この端末に封をして残っています。登録管理者に連絡してください。',
  RECUSED: '利益相反のため、この世帯の記録は扱えません。', REBASE_NOT_NEEDED: '移し替えなくても、この議題に出せます。', REBASE_PROTECTED: '保護情報は移せません。', REBASE_ORIGINATOR_HOLD: '提供元が限定しているため、移せません。',
};

export const rebasePrefix = '移せません：';
export const unknownFailure = 'うまくいきませんでした。何も変わっていません。もう一度お試しください。';
