# Makes OUTPUT, a C++ source, of policy/law/{bases,needs}.json, so that the law stands in data alone. A malformed file stops the configuring.
function(kasane_law folder output)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/bases.json ${folder}/needs.json)
  set(rows "")
  file(READ ${folder}/bases.json bases)
  string(JSON count LENGTH "${bases}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    foreach(name code as_of source consent reading) # required
      string(JSON ${name} GET "${bases}" ${i} ${name})
    endforeach()
    foreach(name default duty statutory subject_may_attend)
      string(JSON value GET "${bases}" ${i} ${name})
      if(value)
        set(${name} true)
      else()
        set(${name} false)
      endif()
    endforeach()
    foreach(name from to)
      string(JSON ${name} ERROR_VARIABLE absent GET "${bases}" ${i} ${name})
      if(absent)
        set(${name} "")
      endif()
    endforeach()
    set(links "")
    string(JSON links_count LENGTH "${bases}" ${i} cross_links)
    if(links_count GREATER 0)
      math(EXPR links_last "${links_count} - 1")
      foreach(j RANGE ${links_last})
        string(JSON link GET "${bases}" ${i} cross_links ${j})
        string(APPEND links "${link} ")
      endforeach()
    endif()
    set(texts "")
    foreach(name names law article paragraph penalty)
      foreach(language ja en)
        string(JSON text ERROR_VARIABLE absent GET "${bases}" ${i} ${name} ${language})
        if(absent)
          set(text "")
        endif()
        string(APPEND texts " R\"law(${text})law\",")
      endforeach()
    endforeach()
    string(APPEND rows "    {\"${code}\", ${default}, \"${from}\", \"${to}\", \"${as_of}\", R\"law(${source})law\",\n"
      "     \"${consent}\", ${duty}, ${statutory}, ${subject_may_attend}, \"${reading}\", \"${links}\",\n    {${texts}}},\n")
  endforeach()

  file(READ ${folder}/needs.json needs)
  set(matrix "")
  string(JSON count LENGTH "${needs}" needs)
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON type MEMBER "${needs}" needs ${i})
    set(categories "")
    string(JSON categories_count LENGTH "${needs}" needs ${type})
    math(EXPR categories_last "${categories_count} - 1")
    foreach(j RANGE ${categories_last})
      string(JSON category GET "${needs}" needs ${type} ${j})
      string(APPEND categories "${category} ")
    endforeach()
    string(APPEND matrix "    {\"${type}\", \"${categories}\"},\n")
  endforeach()

  # Written only where it differs, so that configuring anew compiles nothing.
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
"// Made by cmake/law.cmake from policy/law.
#include \"policy/law.hpp\"

namespace kasane::policy {
namespace {

constexpr LawBasis bases[] = {
@rows@};
constexpr LawNeeds needs[] = {
@matrix@};

}  // namespace

std::span<const LawBasis> law_bases() { return bases; }
std::span<const LawNeeds> law_needs() { return needs; }

}  // namespace kasane::policy
")
endfunction()
