package org.obverse.cli.report;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Of a page's tables what those need who do not see them. */
public record TableParts(String page) {
    private Stream<MatchResult> all(String pattern) {
        return Pattern.compile(pattern).matcher(page).results();
    }

    public List<String> captions() {
        return all("<table[^>]*><caption>([^<]+)</caption>")
                .map(match -> match.group(1))
                .toList();
    }

    /** Tables that begin with none. */
    public List<String> withoutCaption() {
        return all("<table[^>]*>(?!<caption>[^<]+</caption>).{0,80}")
                .map(MatchResult::group)
                .toList();
    }

    /** Heads that do not say whose they are. */
    public List<String> withoutScope() {
        return all("<th\\b(?![^>]*\\bscope=\"(col|colgroup|row|rowgroup)\")[^>]*>.{0,80}")
                .map(MatchResult::group)
                .toList();
    }
}
