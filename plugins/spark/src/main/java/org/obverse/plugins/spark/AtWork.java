package org.obverse.plugins.spark;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.obverse.plugins.spark.Lines.Told;
import scala.Tuple4;
import scala.jdk.javaapi.CollectionConverters;

/** Which tasks are at work, and what their workers say. */
final class AtWork extends SparkListener {
    private final LastWords words;
    private final Consumer<Told> told;
    private final Runnable lost;
    private final Set<Long> tasks = new HashSet<>();
    private boolean leaving;

    /**
     * @param told hears what workers say
     * @param lost is run if Spark ends the application
     */
    AtWork(LastWords words, Consumer<Told> told, Runnable lost) {
        this.words = words;
        this.told = told;
        this.lost = lost;
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        tasks.add(start.taskInfo().taskId());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        tasks.remove(end.taskInfo().taskId());
        notifyAll();
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
        for (Tuple4<?, ?, ?, scala.collection.immutable.Seq<AccumulableInfo>> task :
                CollectionConverters.asJava(heartbeat.accumUpdates())) {
            for (AccumulableInfo update : CollectionConverters.asJava(task._4())) {
                if (update.id() == words.id() && update.update().isDefined()) {
                    update.update().get().toString().lines().forEach(this::tell);
                }
            }
        }
    }

    private void tell(String line) {
        String[] word = line.split("\t", 2);
        told.accept(new Told.Said(Long.parseLong(word[0]), word[1]));
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        if (!isLeaving()) {
            lost.run();
        }
    }

    private synchronized boolean isLeaving() {
        return leaving;
    }

    /** The application ends by itself. */
    synchronized void farewell() {
        leaving = true;
    }

    /** Waits until no task is at work, at most this long. */
    synchronized void awaitNone(long most, TimeUnit unit) {
        long end = System.nanoTime() + unit.toNanos(most);
        try {
            while (!tasks.isEmpty() && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
