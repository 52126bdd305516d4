package org.obverse.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import org.obverse.engine.torch.TorchRuntime;

/** Workers as a run has them: threads that each work on a batch of their own. */
final class Crew implements AutoCloseable {
    static final int MOST = 2;

    private final ExecutorService threads;

    Crew(TorchRuntime torch) {
        threads = Executors.newFixedThreadPool(MOST, torch.threads("bench"));
    }

    /**
     * Begins the same work on several workers at the same moment.
     *
     * @param work says how many seconds it took
     * @return the seconds of the slowest
     */
    double seconds(int workers, DoubleSupplier work) {
        CyclicBarrier start = new CyclicBarrier(workers);
        List<Future<Double>> begun = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            begun.add(threads.submit(() -> {
                start.await();
                return work.getAsDouble();
            }));
        }
        return begun.stream().mapToDouble(Crew::result).max().orElseThrow();
    }

    private static double result(Future<Double> worker) {
        try {
            return worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the benchmark failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
