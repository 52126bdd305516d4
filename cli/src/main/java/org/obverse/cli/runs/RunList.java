package org.obverse.cli.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.record.ListedRun;
import org.obverse.engine.study.StudyFolder;

/**
 * What was run in a folder.
 *
 * @param entries the run that was changed last is the last one
 */
public record RunList(List<Entry> entries) {
    public RunList {
        entries = List.copyOf(entries);
    }

    /**
     * @param difference of its plan from that of the entry before it; of the first one from an empty plan
     * @param own bytes of its artifacts that no other run of the list has
     */
    public record Entry(ListedRun run, List<String> difference, long own) {
        public Entry {
            difference = List.copyOf(difference);
        }

        long bytes() {
            return run.artifacts().values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Whatever is wrong with a run, it is in the list.
     *
     * @param runs the folder of all runs; one that does not exist has none
     */
    public static RunList of(Path runs) {
        ArtifactStore store = new ArtifactStore(runs.resolve("objects"));
        List<ListedRun> found = StudyFolder.all(runs).parallelStream()
                .map(folder -> ListedRun.of(folder, store))
                .sorted(Comparator.comparing(ListedRun::changed).thenComparing(ListedRun::name))
                .toList();
        Map<String, Integer> users = new HashMap<>();
        found.forEach(run -> run.artifacts().keySet().forEach(artifact -> users.merge(artifact, 1, Integer::sum)));
        List<Entry> entries = new ArrayList<>();
        Mapping before = Node.nothing();
        for (ListedRun run : found) {
            long own = run.artifacts().entrySet().stream()
                    .filter(artifact -> users.getOrDefault(artifact.getKey(), 0) == 1)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            boolean isKnown = !run.plan().entries().isEmpty();
            entries.add(new Entry(
                    run, isKnown ? PlanDifference.between(before, run.plan()).overrides() : List.of(), own));
            before = isKnown ? run.plan() : before;
        }
        return new RunList(entries);
    }

    /** Maps, lists and values, one map per run. */
    public List<Map<String, Object>> plain() {
        return entries.stream().map(RunList::plain).toList();
    }

    private static Map<String, Object> plain(Entry entry) {
        ListedRun run = entry.run();
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", run.name());
        plain.put("changed", run.changed().toInstant().toString());
        plain.put("state", RunPage.words(run.standing()));
        plain.put("reason", run.reason());
        plain.put("cells", run.cells());
        plain.put("units", run.units());
        plain.put("finished", run.finished());
        plain.put("difference", entry.difference());
        plain.put(
                "figures",
                run.headline().stream()
                        .map(figure ->
                                Map.of("name", figure.name(), "lowest", figure.lowest(), "highest", figure.highest()))
                        .toList());
        plain.put("bytes", entry.bytes());
        plain.put("own-bytes", entry.own());
        plain.put("problems", run.problems());
        return plain;
    }
}
