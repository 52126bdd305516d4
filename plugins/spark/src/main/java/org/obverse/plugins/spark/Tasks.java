package org.obverse.plugins.spark;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The keys of {@code spark}. */
record Tasks(
        @Meaning("orders that wait for an executor or are at work at once")
        int count,

        @Meaning("the slots whose units become tasks, such as target, reference and optimize; all if empty")
        List<String> slots,

        @Meaning("words for spark-submit, such as --master, spark://host:7077, --conf, spark.executor.memory=1g")
        List<String> submit)
        implements Checked {
    static final Tasks DEFAULT = new Tasks(16, List.of(), List.of());

    private static final String CLIENT =
            "the application talks to the run that began it, and so runs on the same machine";
    private static final String ONCE = "two tasks would perform one order at once";

    Tasks {
        slots = List.copyOf(slots);
        submit = List.copyOf(submit);
    }

    boolean takes(String slot) {
        return slots.isEmpty() || slots.contains(slot);
    }

    @Override
    public List<Problem> check() {
        Problems problems = new Problems()
                .atLeast(1, "count", count)
                .require(
                        submit.isEmpty() || submit.get(0).startsWith("-"),
                        "submit.0",
                        "'" + String.join("", submit.stream().limit(1).toList()) + "' is no option of spark-submit",
                        "write options and their values one after the other, such as [--master, yarn]");
        for (int i = 0; i < submit.size(); i++) {
            String word = submit.get(i);
            String key = "submit." + i;
            problems.require(
                            word.matches("\\P{Cntrl}+"),
                            key,
                            "a word of spark-submit is empty or has control characters",
                            "write one option or one value")
                    .require(
                            !word.matches("--class(=.*)?"),
                            key,
                            "the application is this program's own",
                            "leave it out")
                    .require(
                            !word.matches("--deploy-mode=cluster|(--conf=)?spark\\.submit\\.deployMode=cluster")
                                    && !(word.equals("cluster")
                                            && i > 0
                                            && submit.get(i - 1).equals("--deploy-mode")),
                            key,
                            "'" + word + "' begins the application on another machine: " + CLIENT,
                            "leave it out, and begin the run on a machine of the cluster instead")
                    .require(
                            !word.matches("(?i)(--conf=)?spark\\.speculation=true"),
                            key,
                            "'" + word + "' is refused: " + ONCE,
                            "leave it out");
        }
        return problems.list();
    }
}
