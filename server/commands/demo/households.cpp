#include "server/commands/demo/households.hpp"

#include <algorithm>

namespace kasane::commands::demo {
namespace {

using enum policy::RecordKind;

constexpr Member members[] = {{"a-mother", "榎並 ふみ"},     {"a-son", "榎並 徹"},        {"b-mother", "潮田 きぬ"},
                              {"b-son", "潮田 実"},          {"b-daughter", "潮田 和子"}, {"c-mother", "箕輪 とし"},
                              {"c-daughter", "箕輪 早苗"},   {"d-child", "早瀬 ひなた"},  {"d-mother", "早瀬 恵"},
                              {"d-grandmother", "早瀬 トキ"}};

constexpr RecordRow rows[] = {
    // H-A: an 88-year-old mother and her son in his forties.
    {"a-id", "a", "asakura", "a-mother a-son", "ID", FACT, "INTAKE", "-", "世帯の基本情報",
     "母 榎並 ふみ（88歳）、長男 榎並 徹（47歳）。持ち家に二人暮らし。主な連絡先は母の携帯電話。"},
    {"a-care", "a", "dan", "a-mother", "LTC", OBS, "INTAKE", "-", "母の物忘れについて",
     "この半年で同じ話を繰り返すことが増えた。鍋を焦がしたことが二度ある。受診は「まだいい」と断っている。介護認定の申"
     "請は"
     "していない。"},
    {"a-wish", "a", "dan", "a-mother", "FAM", WIS, "INTAKE", "-", "母の言葉",
     "「この家で息子と暮らせればそれでいい。役所の世話にはなりたくない。」"},
    {"a-med", "a", "hara", "a-son", "MED", FACT, "INTAKE", "-", "長男の通院",
     "統合失調症で月に一度通院。服薬は母が声をかけて続いている。先月は母の体調不良で一度受診が飛んだ。"},
    {"a-dis", "a", "nitta", "a-son", "DIS", FACT, "INTAKE", "-", "長男の手帳とサービス",
     "精神障害者保健福祉手帳2級。福祉サービスの利用はない。家では洗濯と庭の手入れを受け持っている。"},
    {"a-right", "a", "nitta", "a-son", "RIG FIN", OBS, "INTAKE", "-", "任意後見人とのやりとり",
     "任意後見人から通帳の説明が半年ない。長男は「預けたままで、聞きにくい」と話す。事実の確認が必要。"},
    {"a-door", "a", "dan", "a-mother", "FAM HOU", OBS, "SWA106_6", "-", "会議で共有された近所の見守り",
     "朝のごみ出しの時間に民生委員が声をかけている。母は玄関先でなら話をする。"},
    {"a-dec", "a", "asakura", "a-mother a-son", "FAM LTC", DEC, "SWA106_6", "-", "支援会議の決定", ""},
    {"a-min", "a", "dan", "a-mother a-son", "FAM LTC", MIN, "SWA106_6", "-", "会議録（支援会議）",
     "出席：朝倉、団、新田、原。母の受診のきっかけと、長男の通院が途切れないことを先に考える。任意後見人の件は事実を確"
     "かめて"
     "から改めて扱う。"},
    // H-B: a mother of 93, her son and her daughter; they live on her pension.
    {"b-id", "b", "asakura", "b-mother b-son", "ID", FACT, "INTAKE", "-", "世帯の基本情報（母・長男）",
     "母 潮田 きぬ（93歳）、長男 潮田 実（64歳）。市営住宅3階。長女が同居。"},
    {"b-id2", "b", "asakura", "b-daughter", "ID", FACT, "INTAKE", "-", "世帯の基本情報（長女）",
     "長女 潮田 和子（57歳）。同じ住居。連絡は本人の携帯電話へ。"},
    {"b-care", "b", "dan", "b-mother", "LTC", FACT, "INTAKE", "-", "母の介護",
     "要介護3。訪問介護を週3回。入浴は長女が手伝っている。長女の腰痛が続けば見直しが要る。"},
    {"b-drug", "b", "dan", "b-mother", "MED", FACT, "INTAKE", "-", "母の服薬",
     "血圧の薬を朝1回。薬の箱は訪問介護員が確認している。"},
    {"b-work", "b", "nitta", "b-son", "WRK", OBS, "SWA106_6", "-", "長男の作業所での様子",
     "週4日、休まず通っている。袋詰めの仕事を後輩に教えることがある。"},
    {"b-dis", "b", "nitta", "b-son", "DIS", FACT, "INTAKE", "-", "長男の手帳とサービス",
     "療育手帳B。就労継続支援B型を利用。お金の計算は苦手だが、予定の管理はできている。"},
    {"b-house", "b", "dan", "b-son", "HOU", OBS, "INTAKE", "-", "長男の部屋",
     "物が多く、窓が開けにくい。本人は「写真も話も外には出さないで」と話している。"},
    {"b-near", "b", "ueki", "b-mother b-daughter", "HOU", OBS, "SWA106_6", "-", "支援会議で聞いた近隣の話",
     "夜に言い合う声が聞こえる日がある。内容は分からない。"},
    {"b-pay", "b", "ueki", "b-son", "FIN", FACT, "INTAKE", "-", "長男の収入と支出",
     "工賃と障害基礎年金。家計へ月3万円を入れている。手元に残るのは月1万円ほど。"},
    {"b-debt", "b", "ueki", "b-daughter", "FIN", FACT, "INTAKE", "-", "長女の収入と支払い",
     "パート収入は月6万円ほど。カードの支払いが3社あり、毎月2万円を返している。本人は「自分で整理したい」と話している"
     "。"},
    {"b-purse", "b", "ueki", "b-mother b-son b-daughter", "FIN", FACT, "INTAKE", "-", "三人の家計",
     "母の年金で家賃と光熱費、長男の分で食費、長女の収入で返済。月末に5千円ほど足りない。"},
    {"b-back", "b", "dan", "b-daughter", "MED", OBS, "INTAKE", "-", "長女の腰痛",
     "入浴の手伝いのあと、腰をかばって歩いている。受診はしていない。"},
    {"b-plan", "b", "asakura", "b-mother b-son", "FAM LTC", PLN, "LAYERED", "-", "支援プラン（母・長男）",
     "母の介護の負担を一人に寄せない。長男の通所を続ける。家計の相談は、長女の同意を待って三人で始める。"},
    {"b-dec", "b", "asakura", "b-mother b-son", "FAM LTC", DEC, "LAYERED", "-", "重層的支援会議の決定", ""},
    {"b-min", "b", "dan", "b-mother b-son", "FAM LTC", MIN, "LAYERED", "-", "会議録（重層的支援会議）",
     "出席：朝倉、団、新田、植木。プランを新規に策定。長女の同意がないことについては、この場で扱わなかった。"},
    // H-C: a mother in her eighties and her daughter; separated for a while after quarrels.
    {"c-id", "c", "asakura", "c-mother c-daughter", "ID", FACT, "INTAKE", "-", "世帯の基本情報",
     "母 箕輪 とし（81歳）、長女 箕輪 早苗（44歳）。現在は別々に過ごしている。"},
    {"c-place", "c", "nitta", "c-daughter", "PADR", FACT, "INTAKE", "-", "長女の現在の居所",
     "市外の短期入所を利用中。連絡は基幹相談支援センターを通す。母には知らせない。"},
    {"c-night", "c", "nitta", "c-daughter", "VIC", OBS, "INTAKE", "-", "夜の出来事",
     "先週の夜、お金のことで口論になり、長女が手首を痛めた。翌朝に本人から相談があった。"},
    {"c-dis", "c", "nitta", "c-daughter", "DIS", FACT, "INTAKE", "-", "長女の障害",
     "療育手帳B。一人で電車に乗れる。急な予定の変更は前日までに伝えると落ち着いて動ける。"},
    {"c-source", "c", "dan", "c-mother", "SRC", FACT, "INTAKE", "-", "相談の入り口",
     "最初の連絡は、同じ階の住民からの電話。名前は出さないことを約束している。"},
    {"c-doctor", "c", "hara", "c-daughter", "MED", OPN, "INTAKE", "byouin", "主治医の所見",
     "けがは2週間ほどで治る見込み。主治医は、この所見を病院の外に出さないことを条件としている。"},
    {"c-wish", "c", "nitta", "c-daughter", "FAM", WIS, "INTAKE", "-", "長女の言葉",
     "「お母さんのことは嫌いじゃない。でも今は少し離れていたい。気持ちを受け止めてほしい。」"},
    // H-D: a carer at school, seventeen years and eleven months old.
    {"d-id", "d", "asakura", "d-child d-mother d-grandmother", "ID", FACT, "INTAKE", "-", "世帯の基本情報",
     "本人 早瀬 ひなた（17歳、高校3年）、母 早瀬 恵（45歳）、祖母 早瀬 トキ（79歳）。"},
    {"d-school", "d", "sawa", "d-child", "EDU", OBS, "INTAKE", "-", "学校での様子",
     "遅刻が月に6回。理由は朝の祖母の支度。進路は専門学校を希望している。"},
    {"d-wish", "d", "sawa", "d-child", "FAM", WIS, "INTAKE", "-", "本人の言葉",
     "「ばあちゃんのことは好き。でも、朝だけでもだれかに頼めたらと思う。」"},
    {"d-care", "d", "dan", "d-grandmother", "LTC", FACT, "INTAKE", "-", "祖母の介護",
     "要介護2。デイサービスを週2回。朝の着替えと食事を本人が手伝っている。"},
    {"d-health", "d", "hara", "d-mother", "MED", FACT, "INTAKE", "-", "母の受診",
     "夜勤が続き、不眠で通院中。本人は会議で話してほしくないと言っている。"},
};

}  // namespace

std::span<const RecordRow> record_rows() { return rows; }
std::span<const Member> household_members() { return members; }
const RecordRow& record_row(std::string_view key) { return *std::ranges::find(rows, key, &RecordRow::key); }

}  // namespace kasane::commands::demo
