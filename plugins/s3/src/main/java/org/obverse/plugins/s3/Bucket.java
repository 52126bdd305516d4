package org.obverse.plugins.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The keys of {@code s3}. Who may use the bucket is no key: the SDK finds credentials as {@code aws} does. */
record Bucket(
        @Meaning("the bucket's name; it must be there") String bucket,

        @Meaning("what all keys begin with, such as lab/; empty for the whole bucket")
        String prefix,

        @Meaning(
                "such as eu-central-1; empty for that of the environment or of the profile, with an endpoint for us-east-1")
        String region,

        @Meaning("http://HOST:PORT or https://HOST of a server that speaks like S3; empty for Amazon's")
        String endpoint)
        implements Checked {
    static final Bucket DEFAULT = new Bucket("obverse", "", "", "");

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(
                        bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                        "bucket",
                        "'" + bucket + "' is no name of a bucket",
                        "use 3 to 63 lower-case letters, digits, hyphens and dots")
                .require(
                        prefix.isEmpty() || prefix.matches("[\\w.-]+(/[\\w.-]+)*/"),
                        "prefix",
                        "'" + prefix + "' is no folder of keys",
                        "write words with a slash behind each, such as lab/faces/")
                .require(
                        region.matches("[a-z0-9-]*"),
                        "region",
                        "'" + region + "' is no region",
                        "write eu-central-1, …")
                .require(
                        endpoint.isEmpty() || isAddress(),
                        "endpoint",
                        "'" + endpoint + "' is no address of a server",
                        "write http://HOST:PORT or https://HOST; credentials are found as aws finds them")
                .list();
    }

    private boolean isAddress() {
        try {
            URI address = URI.create(endpoint);
            return List.of("http", "https").contains(address.getScheme())
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A client. The bucket is named in the path, which every server understands; checksums are not asked for, which not every server knows,
     * since the engine hashes what it reads.
     */
    S3Client client() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TO_CONNECT)
                        .socketTimeout(TO_ANSWER))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (!endpoint.isEmpty()) {
            builder.endpointOverride(URI.create(endpoint)).region(Region.US_EAST_1);
        }
        if (!region.isEmpty()) {
            builder.region(Region.of(region));
        }
        return builder.build();
    }
}
