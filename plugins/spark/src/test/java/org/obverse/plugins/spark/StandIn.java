package org.obverse.plugins.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.obverse.plugins.spark.Lines.Asked;
import org.obverse.plugins.spark.Lines.Told;

/** Begins an application as spark-submit does; its executors are threads. A master of the name {@code closed} takes nobody. */
final class StandIn implements Conversation.Cluster {
    private static final String VARIABLE = "spark.executorEnv.";

    private final Worker worker;
    private final Conversation conversation;
    private final Map<Thread, CountDownLatch> atWork = new ConcurrentHashMap<>();

    private StandIn(Worker worker, Conversation conversation) {
        this.worker = worker;
        this.conversation = conversation;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        int application = words.indexOf("--class");
        Map<String, String> environment = new HashMap<>();
        for (String word : words.subList(0, application)) {
            if (word.startsWith(VARIABLE)) {
                String[] variable = word.substring(VARIABLE.length()).split("=", 2);
                environment.put(variable[0], variable[1]);
            }
        }
        if (words.contains("closed")) {
            System.err.println("All masters are unresponsive! Giving up.");
            System.exit(1);
        }
        System.out.println("what users print, too");
        Conversation conversation = new Conversation(System.out);
        List<String> command = new ArrayList<>(words.subList(application + 3, words.size()));
        conversation.hold(
                System.in, new StandIn(new Worker(command, System.getProperty("user.dir"), environment), conversation));
        System.exit(0);
    }

    @Override
    public String perform(Asked asked) throws IOException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        atWork.put(Thread.currentThread(), over);
        try {
            return worker.perform(asked.line(), line -> conversation.tell(new Told.Said(asked.number(), line)));
        } finally {
            atWork.remove(Thread.currentThread());
            over.countDown();
        }
    }

    @Override
    public void close() {
        atWork.forEach((thread, over) -> {
            thread.interrupt();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
