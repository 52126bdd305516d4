package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.DeviceMemory;
import org.obverse.engine.torch.TorchRuntime;

/**
 * Walks one run: the journal holds the truth, the machine folds it, the spine tells it. Units are asked for on the bus,
 * performed by workers off the bus, and answered on the bus, all in the run's thread but the work itself.
 */
final class RunDriver {
    private final RunMachine machine;
    private final Journal journal;
    private final ArtifactStore artifacts;
    private final EventSpine spine;
    private final Digests digests;
    private final TorchRuntime torch;
    private final ProgressListener listener;
    private final AtomicBoolean cancelled;
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private int working;
    /** Told to the thread only at the end, because an interrupted thread cannot write the journal. */
    private boolean interrupted;

    private Optional<Throwable> failure = Optional.empty();

    RunDriver(
            RunMachine machine,
            Journal journal,
            ArtifactStore artifacts,
            EventSpine spine,
            Digests digests,
            TorchRuntime torch,
            ProgressListener listener,
            AtomicBoolean cancelled) {
        this.machine = machine;
        this.journal = journal;
        this.artifacts = artifacts;
        this.spine = spine;
        this.digests = digests;
        this.torch = torch;
        this.listener = listener;
        this.cancelled = cancelled;
    }

    /**
     * Performs what is left of the run.
     *
     * @param execution how many units are performed at once, in which batches
     * @param preparation called on the run's thread before a unit is handed to a worker
     */
    RunResult drive(ExecutorService pool, Execution execution, Preparation preparation) {
        try {
            perform(pool, execution, preparation);
            return end();
        } catch (SubscriberFailedException e) {
            failure.ifPresentOrElse(first -> first.addSuppressed(e), () -> failure = Optional.of(e.reason()));
            return end();
        } catch (InterruptedException e) {
            interrupted = true;
            cancelled.set(true);
            return end(Outcome.INTERRUPTED, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** However it ends, no worker is left: what they compute with is closed next. */
    private void perform(ExecutorService pool, Execution execution, Preparation preparation)
            throws InterruptedException {
        try {
            record(new RunEvent.Planned(
                    digests.plan(), machine.units().stream().map(Unit::id).toList()));
            requestReady(pool, execution, preparation);
            while (working > 0) {
                settle(answers.take());
                requestReady(pool, execution, preparation);
            }
        } finally {
            awaitWorkers();
        }
    }

    private void requestReady(ExecutorService pool, Execution execution, Preparation preparation) {
        List<Unit> ready = machine.ready();
        while (!ready.isEmpty() && failure.isEmpty() && !cancelled.get()) {
            Unit unit = ready.get(0);
            String digest = digests.of(unit, machine);
            Optional<String> stored = artifacts.find(digest);
            if (stored.isPresent()) {
                new EpochFile(artifacts.unfinished(digest)).remove();
                record(new RunEvent.Reused(unit.id(), digest, stored.get()));
            } else if (working < execution.workers()) {
                request(unit, Portion.of(execution, batch -> digest(unit, batch, execution)), pool, preparation);
            } else {
                return;
            }
            ready = machine.ready();
        }
    }

    private String digest(Unit unit, int batch, Execution execution) {
        return batch == execution.batch() ? digests.of(unit, machine) : digests.halved(unit, machine, batch);
    }

    private void request(Unit unit, List<Portion> portions, ExecutorService pool, Preparation preparation) {
        record(new RunEvent.Requested(unit.id(), unit.component()));
        UnitCall call = new UnitCall(unit);
        spine.publish(call);
        Map<String, String> inputs = new LinkedHashMap<>();
        unit.upstream().forEach(id -> inputs.put(id, machine.result(id).artifact()));
        try {
            UnitCall.Work work = call.onlyClaim();
            preparation.before(unit, inputs);
            pool.execute(() -> answers.add(answer(unit, portions, inputs, work)));
            working++;
        } catch (CancelledException e) {
            cancelled.set(true);
        } catch (PluginFailedException e) {
            fail(unit, e.during(unit.id()));
        } catch (Throwable e) {
            fail(unit, e);
        }
    }

    /** On a worker's thread, which answers whatever happens, as the run waits for it. */
    private Answer answer(Unit unit, List<Portion> portions, Map<String, String> inputs, UnitCall.Work work) {
        try {
            return perform(unit, portions, inputs, work);
        } catch (Throwable e) {
            return new Answer.Threw(unit, e);
        }
    }

    /** With ever smaller batches while memory is short and the plan has a smaller one. */
    private Answer perform(Unit unit, List<Portion> portions, Map<String, String> inputs, UnitCall.Work work) {
        Portion first = portions.get(0);
        Answer answer = perform(unit, first, inputs, work, Function.identity());
        for (Portion smaller : portions.subList(1, portions.size())) {
            if (!(answer instanceof Answer.Threw threw)
                    || !first.asked().get()
                    || !DeviceMemory.isExhausted(threw.failure())) {
                return answer;
            }
            Optional<String> stored = artifacts.find(smaller.digest());
            answer = stored.isPresent()
                    ? new Answer.Stored(unit, smaller.digest(), stored.get())
                    : perform(unit, smaller, inputs, work, made -> new Product.Halved(made, smaller.batch()));
        }
        return answer;
    }

    private Answer perform(
            Unit unit,
            Portion portion,
            Map<String, String> inputs,
            UnitCall.Work work,
            Function<Product, Product> record) {
        String digest = portion.digest();
        torch.quiet();
        try (NDManager manager = torch.manager().newSubManager();
                NDScope scope = new NDScope()) {
            EpochFile epochs = new EpochFile(artifacts.unfinished(digest));
            UnitContext context = new UnitContext(
                    unit,
                    CounterStream.of(unit.seed()).child(unit.path()),
                    manager,
                    inputs,
                    listener,
                    cancelled,
                    portion,
                    epochs);
            String artifact = store(unit, digest, attempt(unit, work, context, record));
            epochs.remove();
            return new Answer.Stored(unit, digest, artifact);
        } catch (Throwable e) {
            return new Answer.Threw(unit, e);
        }
    }

    /**
     * A component's own failure is told from the engine's, which has nobody's jar to name. What it returned is still its
     * own code while it is read.
     */
    private Tensors attempt(Unit unit, UnitCall.Work work, UnitContext context, Function<Product, Product> record) {
        try {
            return record.apply(work.perform(unit, context)).encode();
        } catch (CancelledException | EpochFileException e) {
            throw e;
        } catch (Throwable e) {
            throw digests.blame(unit, e);
        }
    }

    /** Its arrays are read while they are written; a disk that is full is nobody's fault. */
    private String store(Unit unit, String digest, Tensors made) {
        try {
            return artifacts.save(digest, made);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw digests.blame(unit, e);
        }
    }

    private void settle(Answer answer) {
        working--;
        if (answer instanceof Answer.Stored stored) {
            record(new RunEvent.Completed(stored.unit().id(), stored.digest(), stored.artifact()));
        } else if (answer instanceof Answer.Threw threw && !(threw.failure() instanceof CancelledException)) {
            fail(threw.unit(), threw.failure());
        }
    }

    private void fail(Unit unit, Throwable e) {
        failure.ifPresentOrElse(first -> first.addSuppressed(e), () -> failure = Optional.of(e));
        record(new RunEvent.Failed(unit.id(), unit.component(), PluginFailedException.words(e)));
    }

    private void record(RunEvent event) {
        journal.append(event);
        machine.apply(event);
        spine.publish(event);
    }

    private void awaitWorkers() {
        while (working > 0) {
            cancelled.set(true);
            try {
                answers.take();
                working--;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private RunResult end() {
        if (failure.isPresent()) {
            return end(Outcome.FAILED, failure.get());
        }
        if (!machine.isDone()) {
            return end(Outcome.INTERRUPTED, new CancelledException());
        }
        RunEvent.Ended ended = new RunEvent.Ended(Outcome.DONE, "");
        journal.append(ended);
        spine.farewell(ended);
        return spine.failed()
                .map(deaf -> new RunResult(Outcome.FAILED, Optional.of(deaf.reason())))
                .orElse(new RunResult(Outcome.DONE, Optional.empty()));
    }

    private RunResult end(Outcome outcome, Throwable reason) {
        RunEvent.Ended ended = new RunEvent.Ended(outcome, String.valueOf(reason.getMessage()));
        journal.append(ended);
        spine.farewell(ended);
        return new RunResult(outcome, Optional.of(reason));
    }

    /** Makes what a unit needs and what outlives it. */
    @FunctionalInterface
    interface Preparation {
        void before(Unit unit, Map<String, String> inputs);
    }

    /**
     * How a run ended.
     *
     * @param reason why it is not done
     */
    record RunResult(Outcome outcome, Optional<Throwable> reason) {}

    private sealed interface Answer {
        record Stored(Unit unit, String digest, String artifact) implements Answer {}

        record Threw(Unit unit, Throwable failure) implements Answer {}
    }
}
