package org.obverse.engine.finished;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.google.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.blueprint.Blueprint;
import org.obverse.engine.drive.OpenProducts;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Closing;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.Changes;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.FileHashes;
import org.obverse.engine.unit.GalleryUnit;
import org.obverse.engine.unit.MetricUse;
import org.obverse.engine.unit.ReconstructionMetricUnit;

/** Opens the attacks of finished cells again. */
public final class FinishedAttacks {
    private static final String ROLE = "finished";

    private final TorchRuntime torch;
    private final Registry registry;
    private final EngineCode engine;

    @Inject
    FinishedAttacks(TorchRuntime torch, Registry registry, EngineCode engine) {
        this.torch = torch;
        this.registry = registry;
        this.engine = engine;
    }

    /**
     * Lends the attacks of some cells, one after another, on the calling thread.
     *
     * @param cells of the study, each with an attack
     * @param cancelled ends the work at the next checkpoint once true
     * @throws org.obverse.engine.graph.CancelledException if it was ended before that
     * @throws InvalidConfigurationException if code, data or files are no longer those of the run, if a cell is not finished, or what it left is
     *     gone
     */
    public void lend(
            Study study, Setting setting, List<Cell> cells, AtomicBoolean cancelled, Consumer<FinishedAttack> use) {
        StudyFolder folder = StudyFolder.of(setting.runs(), study.name());
        try (NDManager manager = torch.manager().newSubManager()) {
            Equipment equipment = new Equipment(
                    torch,
                    new Components(registry),
                    engine,
                    manager,
                    setting.base(),
                    new FileHashes(setting.base()),
                    new Supervision(cancelled, progress -> {}));
            Blueprint blueprint = new Blueprint(study, equipment);
            blueprint
                    .findings()
                    .add(new Changes(study, folder).problems(blueprint, equipment, setting.acceptChanged()));
            blueprint.findings().requireNothing();
            ProductStore store = new ProductStore(setting.artifacts());
            try (OpenProducts products = new OpenProducts(blueprint.graph(), store)) {
                for (Cell cell : cells) {
                    Units units = new Units(blueprint, cell, RunRecord.digests(folder, cell.name()), study, store);
                    lend(units, products, equipment.supervision(), use);
                }
            }
        }
    }

    private void lend(Units units, OpenProducts products, Supervision supervision, Consumer<FinishedAttack> use) {
        Plan plan = units.cell().plan();
        try (Open open = new Open(new ArrayDeque<>())) {
            NDManager own = open.own(torch.manager().newSubManager());
            GalleryUnit gallery = units.gallery();
            Inputs pictured = products.inputs(gallery, units.inputs(gallery), open);
            Map<String, EvaluationModel> judges = new LinkedHashMap<>();
            for (ReconstructionMetricUnit metric : units.metrics()) {
                Inputs judged = products.inputs(metric, units.inputs(metric), open);
                metric.judges(judged).forEach(judge -> judges.putIfAbsent(judge.name(), judge));
            }
            open.own(new NDScope());
            UnitLoan loan = new UnitLoan(
                    Equipment.stream(plan.seeds().evaluation(), ROLE),
                    own,
                    () -> plan.execution().batch(),
                    new Watched(supervision));
            use.accept(new FinishedAttack(
                    units.cell().name(),
                    gallery.candidates(pictured, own),
                    gallery.data(pictured),
                    List.copyOf(judges.values()),
                    loan));
        }
    }

    /**
     * The units of one cell, and what they made.
     *
     * @param made digests by the printed names of finished units
     */
    private record Units(Blueprint blueprint, Cell cell, Map<String, String> made, Study study, ProductStore store) {
        private <U extends Unit<?>> List<U> of(Class<U> kind) {
            List<U> units = new ArrayList<>();
            for (RunView.Cell view : blueprint.graph().cells()) {
                if (view.name().equals(cell.name())) {
                    view.units().stream()
                            .map(blueprint.graph()::unit)
                            .filter(kind::isInstance)
                            .map(kind::cast)
                            .forEach(units::add);
                }
            }
            return units;
        }

        GalleryUnit gallery() {
            return of(GalleryUnit.class).stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("cell " + cell.name() + " attacks nothing"));
        }

        List<ReconstructionMetricUnit> metrics() {
            return of(ReconstructionMetricUnit.class).stream()
                    .filter(metric -> metric.name().slot().equals(MetricUse.SLOT))
                    .toList();
        }

        /** Under which what a unit reads is stored, in its order. */
        List<String> inputs(Unit<?> unit) {
            List<String> digests = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            unit.inputs().forEach(input -> {
                String digest = made.get(input.name().toString());
                if (digest == null) {
                    throw new InvalidConfigurationException(problem("unit " + input.name() + " is not finished"));
                }
                requireStored(input.name(), digest, seen);
                digests.add(digest);
            });
            return digests;
        }

        /** With what it is opened with. */
        private void requireStored(UnitName unit, String digest, Set<String> seen) {
            if (seen.add(digest)) {
                List<String> inputs = store.find(digest)
                        .map(Provenance::inputs)
                        .orElseThrow(() -> new InvalidConfigurationException(
                                problem("what unit " + unit + " made is gone or damaged in "
                                        + store.artifacts().folder())));
                inputs.forEach(input -> requireStored(unit, input, seen));
            }
        }

        private Problem problem(String what) {
            return new Problem(cell.name(), what, "make it again with: obverse resume " + study.name());
        }
    }

    private record Watched(Supervision supervision) implements UnitLoan.Watch {
        @Override
        public void checkpoint() {
            supervision.checkpoint();
        }

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }

    private record Open(Deque<AutoCloseable> owned) implements Lifetime, AutoCloseable {
        @Override
        public <T extends AutoCloseable> T own(T resource) {
            owned.push(resource);
            return resource;
        }

        @Override
        public void close() {
            Closing.all(owned);
        }
    }
}
