package org.obverse.plugins.toy2d;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunEvent;
import org.obverse.engine.EngineModule;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.run.Runs;
import org.obverse.engine.run.Unit;
import org.obverse.engine.torch.TorchSettings;

class RunPlan {
    @Test
    void run() {
        Injector injector = Guice.createInjector(new EngineModule(TorchSettings.defaults()));
        Study study = injector.getInstance(PlanReader.class).read(Path.of(System.getProperty("plan")), List.of());
        var result = injector.getInstance(Runs.class)
                .run(
                        study,
                        new Runs.Setting(Path.of("/tmp/toyruns"), Path.of("/tmp"), Set.of()),
                        new Runs.Display() {
                            @Override
                            public void cellStarted(Cell cell, int number, int cells, List<Unit> units) {
                                System.err.println(cell.name());
                            }

                            @Override
                            public void told(RunEvent event) {
                                System.err.println(System.nanoTime() / 1000000 + " " + event);
                            }

                            @Override
                            public void progress(Unit unit, long done, long total, Map<String, Double> figures) {}
                        },
                        new AtomicBoolean());
        System.err.println(result);
    }
}
