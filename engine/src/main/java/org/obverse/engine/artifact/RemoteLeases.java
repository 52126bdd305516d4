package org.obverse.engine.artifact;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who performs which unit, among drivers on several machines that share a store. The lease of a digest is one empty object, {@code
 * leases/DIGEST-GENERATION}. Its holder puts the next generation in its place with every beat; who sees none for {@value #LIFE} beats of
 * its own does the same, and of the two one succeeds. So nobody reads a clock, and those of two machines may differ. Who holds a lease in
 * vain makes a unit twice, to the same bytes: nothing else depends on them.
 */
public final class RemoteLeases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteLeases.class);
    /** A holder that dies costs a minute, and a renewal costs two requests. */
    public static final Duration BEAT = Duration.ofSeconds(5);

    /** Beats without another generation after which a holder is taken for dead. */
    private static final int LIFE = 12;

    private final RemoteStore store;
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    private final Map<String, Seen> others = new HashMap<>();
    /** Leases whose last renewal met an object that was there already; of a second one in turn, somebody else put it. */
    private final Set<String> doubtful = new HashSet<>();

    private final AtomicLong beats = new AtomicLong();
    private final AtomicBoolean due = new AtomicBoolean(true);
    private final Timer heart = new Timer("leases", true);

    /** A lease of somebody else, and at which beat it was first seen so. */
    private record Seen(long generation, long beat) {}

    /**
     * @param beat the same for all who share a store
     */
    public RemoteLeases(RemoteStore store, Duration beat) {
        this.store = store;
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                beat();
            }
        };
        heart.schedule(task, beat.toMillis(), beat.toMillis());
    }

    /** As {@link Leases#take}; called by one thread. */
    boolean take(String digest) {
        if (held.containsKey(digest)) {
            return true;
        }
        OptionalLong found = generation(digest);
        if (found.isPresent() && isAlive(digest, found.getAsLong())) {
            return false;
        }
        long next = found.orElse(0) + 1;
        if (!put(digest, next)) {
            return false;
        }
        if (generation(digest).orElse(next) != next) {
            // Its holder had come further between the first look and the put.
            remove(digest, next);
            return false;
        }
        found.ifPresent(old -> remove(digest, old));
        others.remove(digest);
        held.put(digest, next);
        return true;
    }

    private boolean isAlive(String digest, long generation) {
        Seen seen = others.get(digest);
        if (seen == null || seen.generation != generation) {
            others.put(digest, new Seen(generation, beats.get()));
            return true;
        }
        return beats.get() - seen.beat < LIFE;
    }

    /** As {@link Leases#release}. */
    void release(String digest) {
        Long generation = held.remove(digest);
        if (generation != null) {
            remove(digest, generation);
        }
    }

    /** Once a beat: whether it is time to look again at what others hold. */
    boolean isDue() {
        return due.getAndSet(false);
    }

    private synchronized void beat() {
        beats.incrementAndGet();
        due.set(true);
        held.forEach((digest, generation) -> {
            try {
                renew(digest, generation);
            } catch (RuntimeException e) {
                LOG.warn("the lease of unit {} cannot be renewed now: {}", digest, String.valueOf(e.getMessage()));
            }
        });
    }

    private void renew(String digest, long generation) {
        long next = generation + 1;
        if (put(digest, next)) {
            doubtful.remove(digest);
            boolean isHeld = held.replace(digest, generation, next);
            remove(digest, isHeld ? generation : next);
        } else if (doubtful.add(digest)) {
            // It may be our own, put by an attempt that was not answered.
            held.replace(digest, generation, next);
        } else if (held.remove(digest, generation)) {
            doubtful.remove(digest);
            LOG.warn(
                    "another run took over unit {}, whose lease was not renewed for too long; it is made twice",
                    digest);
        }
    }

    /** Gives back what is held. */
    @Override
    public synchronized void close() {
        heart.cancel();
        for (String digest : held.keySet()) {
            try {
                release(digest);
            } catch (RemoteStoreException e) {
                LOG.warn("the lease of unit {} ends by itself: {}", digest, String.valueOf(e.getMessage()));
            }
        }
    }

    private boolean put(String digest, long generation) {
        return store.put(key(digest, generation), store.nothing());
    }

    private void remove(String digest, long generation) {
        store.remove(key(digest, generation));
    }

    /** The latest. */
    private OptionalLong generation(String digest) {
        String prefix = prefix(digest);
        return store.keys(prefix).stream()
                .mapToLong(key -> Long.parseLong(key.substring(prefix.length())))
                .max();
    }

    private static String key(String digest, long generation) {
        return prefix(digest) + generation;
    }

    private static String prefix(String digest) {
        return "leases/" + digest + "-";
    }
}
