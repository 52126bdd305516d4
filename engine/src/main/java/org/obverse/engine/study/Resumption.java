package org.obverse.engine.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/**
 * What earlier attempts of a study made and what can be believed of it: the artifact is whole, and was made from what the
 * plan says now. Everything else is made again.
 */
final class Resumption {
    /** On what a unit was computed may change: what is finished is kept, wherever that was. */
    private static final Set<String> PLACES = Set.of("device", "tf32", "cudnn", "threads");

    private final RunGraph graph;
    private final ProductStore store;
    private final Set<String> allowed = new HashSet<>(PLACES);
    private final Map<UnitName, String> digests = new HashMap<>();

    /**
     * @param accepted ids whose code may have changed
     */
    Resumption(RunGraph graph, ProductStore store, Set<String> accepted) {
        this.graph = graph;
        this.store = store;
        accepted.forEach(id -> allowed.add(Ingredients.codeOf(id)));
    }

    /** The facts of finished units, each behind those of its inputs. */
    List<RunFact> finished(List<RunFact> journal) {
        Map<UnitName, RunFact> last = new HashMap<>();
        for (RunFact fact : journal) {
            if (fact instanceof RunFact.Completed e) {
                last.put(e.unit(), e);
            } else if (fact instanceof RunFact.Reused e) {
                last.put(e.unit(), e);
            } else if (fact instanceof RunFact.Offered e) {
                last.remove(e.unit());
            }
        }
        List<RunFact> finished = new ArrayList<>();
        for (Unit<?> unit : graph.units()) {
            RunFact fact = last.get(unit.name());
            if (fact instanceof RunFact.Completed e && isValid(unit, e.digest(), e.artifact())) {
                finished.add(e);
            } else if (fact instanceof RunFact.Reused e && isValid(unit, e.digest(), e.artifact())) {
                finished.add(e);
            }
        }
        return finished;
    }

    private boolean isValid(Unit<?> unit, String digest, String artifact) {
        List<String> inputs = new ArrayList<>();
        for (UnitName input : unit.inputs().stream().map(input -> input.name()).toList()) {
            inputs.add(digests.getOrDefault(input, ""));
        }
        Optional<Provenance> made = store.find(digest)
                .filter(found -> found.artifact().equals(artifact)
                        && found.inputs().equals(inputs)
                        && isOf(unit.ingredients(), found.ingredients()));
        made.ifPresent(found -> digests.put(unit.name(), digest));
        return made.isPresent();
    }

    /** A batch that memory was too short for was halved until it fitted. */
    private boolean isOf(Ingredients planned, Ingredients made) {
        Set<String> differing = new HashSet<>(planned.differences(made));
        differing.removeAll(allowed);
        return differing.isEmpty() || (differing.equals(Set.of(Ingredients.BATCH)) && isHalved(planned, made));
    }

    private static boolean isHalved(Ingredients planned, Ingredients made) {
        int batch = Integer.parseInt(planned.values().getOrDefault(Ingredients.BATCH, "0"));
        int smaller = Integer.parseInt(made.values().getOrDefault(Ingredients.BATCH, "0"));
        while (batch > smaller) {
            batch /= 2;
        }
        return batch == smaller && batch > 0;
    }
}
