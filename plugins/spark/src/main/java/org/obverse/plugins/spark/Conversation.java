package org.obverse.plugins.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.obverse.plugins.spark.Lines.Asked;
import org.obverse.plugins.spark.Lines.Told;

/** The application's side of what {@link Lines} says: has orders performed, all at once, as long as the place asks. */
final class Conversation {
    private final PrintStream out;

    /** Where orders are performed. */
    interface Cluster extends AutoCloseable {
        /**
         * Performs an order, and waits for it.
         *
         * @return the worker's last line
         * @throws Exception whose message says what became of it
         */
        String perform(Asked asked) throws Exception;

        /** Ends what is performed; when it returns, no worker is left. */
        @Override
        void close();
    }

    /**
     * @param out where nobody else writes
     */
    Conversation(PrintStream out) {
        this.out = out;
    }

    /** Until the input ends. */
    void hold(InputStream in, Cluster cluster) throws IOException {
        ExecutorService orders = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "order");
            thread.setDaemon(true);
            return thread;
        });
        try (cluster;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Asked asked = Lines.asked(line);
                orders.execute(() -> tell(performed(cluster, asked)));
            }
        } finally {
            orders.shutdown();
        }
    }

    private static Told performed(Cluster cluster, Asked asked) {
        try {
            return new Told.Ended(asked.number(), cluster.perform(asked));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Told.Failed(asked.number(), "it was interrupted");
        } catch (Exception e) {
            return new Told.Failed(asked.number(), String.valueOf(e.getMessage()));
        }
    }

    synchronized void tell(Told told) {
        out.println(Lines.write(told));
        out.flush();
    }
}
