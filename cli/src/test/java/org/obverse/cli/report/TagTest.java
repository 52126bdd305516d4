package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.obverse.cli.report.html.Tag;

final class TagTest {
    private static final int CHARACTERS = 1 << 20;

    @Test
    void elements_stand_in_their_order_whether_they_are_small_or_large() {
        String large = "x".repeat(CHARACTERS);
        Tag page = Tag.of("main")
                .text("a")
                .add(Tag.of("p", "first").text("1 < 2"), Tag.of("img").with("src", "b.png"))
                .add(Tag.of("div").text("b").add(Tag.of("p").text(large)).text("c"))
                .add(Tag.verbatim("script", large))
                .text("d");

        assertEquals(
                "<main>a<p class=\"first\">1 &lt; 2</p>\n<img src=\"b.png\"><div>b<p>" + large
                        + "</p>\nc</div>\n<script>" + large + "</script>\nd</main>\n",
                page.html());
    }

    /** One copy more for each level is what a page of megabytes took before, while a run's memory was at its peak. */
    @Test
    void the_levels_around_a_large_element_cost_next_to_nothing() {
        String large = "x".repeat(CHARACTERS);
        nested(large, 1).html();

        long flat = allocated(large, 1);
        long deep = allocated(large, 10);

        assertTrue(deep < flat + CHARACTERS, () -> "%d bytes in one level, %d in ten".formatted(flat, deep));
    }

    private static long allocated(String text, int levels) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertTrue(nested(text, levels).html().length() > text.length());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static Tag nested(String text, int levels) {
        Tag tag = Tag.verbatim("p", text);
        for (int i = 1; i < levels; i++) {
            tag = Tag.of("div").add(tag);
        }
        return tag;
    }
}
