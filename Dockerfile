# The image: one binary, CA certificates, a user of its own, and one volume.
#
# Other bases: --build-arg BUILD_IMAGE=… (Rust and a C compiler) and --build-arg RUNTIME_IMAGE=…
# (glibc no older than the build's, and CA certificates).
ARG BUILD_IMAGE=docker.io/library/rust:1.95-bookworm
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
# The dependencies alone first: this layer is built anew only when they change.
# (The manifest names the benches, so that they must be there; they change little.)
COPY Cargo.toml Cargo.lock ./
COPY benches benches
RUN mkdir src \
    && echo 'fn main() {}' > src/main.rs \
    && touch src/lib.rs \
    && cargo build --release --locked --bin frontdesk
COPY src src
# Cargo goes by modification times, and those of the sources may be older than the empty ones'.
RUN find src -name '*.rs' -exec touch {} + \
    && cargo build --release --locked --bin frontdesk \
    && mkdir /data

FROM ${RUNTIME_IMAGE}
COPY --from=build /build/target/release/frontdesk /usr/local/bin/frontdesk
# A fresh volume takes the owner from here.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
WORKDIR /data
ENV DATABASE_URL=sqlite:/data/frontdesk.db
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s \
    CMD ["/usr/local/bin/frontdesk", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/frontdesk"]
