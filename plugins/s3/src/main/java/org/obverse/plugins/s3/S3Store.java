package org.obverse.plugins.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.obverse.api.store.ObjectStore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket. Amazon's is consistent: what was put, removed or listed is so for all at once. That of two who put a key one succeeds is
 * asked of the server with {@code If-None-Match: *}; one that does not keep to it is refused when it is first asked. The SDK asks
 * three times before it says that a server does not answer (AWS_MAX_ATTEMPTS changes that). An object has at most 5 GB, what S3 takes in
 * one request.
 */
final class S3Store implements ObjectStore {
    private static final int THERE_ALREADY = 412;
    /** Another request about that key was under way: ask again. */
    private static final int CONFLICT = 409;

    private static final int CONFLICTS = 10;

    /** The most that S3 lists at once. */
    private static final int PAGE = 1000;

    private final Bucket bucket;
    private final int page;
    private Optional<S3Client> client = Optional.empty();

    S3Store(Bucket bucket) {
        this(bucket, PAGE);
    }

    /**
     * @param page how many keys are listed at once
     */
    S3Store(Bucket bucket, int page) {
        this.bucket = bucket;
        this.page = page;
    }

    /** Made by the first call, which other threads wait for. */
    private synchronized S3Client client() throws IOException {
        if (client.isEmpty()) {
            S3Client made = bucket.client();
            try {
                requireConditions(made);
            } catch (IOException | SdkException e) {
                made.close();
                throw e;
            }
            client = Optional.of(made);
        }
        return client.get();
    }

    private void requireConditions(S3Client made) throws IOException {
        RequestBody body = RequestBody.fromString("This server is asked whether it keeps to If-None-Match.");
        boolean first = put(made, "if-none-match", body);
        if (first && put(made, "if-none-match", body)) {
            throw new IOException(
                    "the server puts an object twice although it is told not to (If-None-Match: *), so that two machines would"
                            + " make the same; use one that keeps to it");
        }
    }

    private boolean put(S3Client asked, String key, RequestBody body) throws IOException {
        for (int i = 0; i < CONFLICTS; i++) {
            try {
                asked.putObject(
                        put -> put.bucket(bucket.bucket())
                                .key(bucket.prefix() + key)
                                .ifNoneMatch("*"),
                        body);
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == THERE_ALREADY) {
                    return false;
                } else if (e.statusCode() != CONFLICT) {
                    throw e;
                }
            }
        }
        throw new IOException("the server was at work on " + key + " each of " + CONFLICTS + " times");
    }

    @Override
    public boolean putIfAbsent(String key, Path bytes) throws IOException {
        return ask(asked -> put(asked, key, RequestBody.fromFile(bytes)));
    }

    @Override
    public boolean get(String key, OutputStream bytes) throws IOException {
        return ask(asked -> {
            try {
                asked.getObject(
                        get -> get.bucket(bucket.bucket()).key(bucket.prefix() + key),
                        ResponseTransformer.toOutputStream(bytes));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return ask(asked -> asked
                .listObjectsV2Paginator(list -> list.bucket(bucket.bucket())
                        .prefix(bucket.prefix() + prefix)
                        .maxKeys(page))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> key.substring(bucket.prefix().length()))
                .sorted()
                .toList());
    }

    @Override
    public void remove(String key) throws IOException {
        ask(asked -> asked.deleteObject(remove -> remove.bucket(bucket.bucket()).key(bucket.prefix() + key)));
    }

    private interface Asking<T> {
        T ask(S3Client asked) throws IOException;
    }

    private <T> T ask(Asking<T> asking) throws IOException {
        try {
            return asking.ask(client());
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        client.ifPresent(S3Client::close);
    }
}
