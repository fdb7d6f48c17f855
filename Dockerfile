# Docent and its worker with all they need: the page, ONNX Runtime, libpdfium and the embedding model. Needs BuildKit.
#
#     docker build --tag docent:0.1.0 .

FROM node:22.18.0-bookworm-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY web ./
RUN npm run build

FROM python:3.13.7-slim-bookworm AS home
COPY setup /setup
RUN python3 /setup/fetch.py --into /home-of-docent

FROM rust:1.95.0-bookworm AS program
WORKDIR /src
COPY . .
COPY --from=page /src/web/dist/page web/dist/page
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked --bins && install -D -t /out target/release/docent target/release/docent-worker
# The same tree that `make package` packs, with the licences of everything in it.
COPY --from=home /home-of-docent /home-of-docent
COPY --from=page /src/web/node_modules web/node_modules
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    python3 setup/package.py --binaries /out --home /home-of-docent --into /package --folder \
    && mv /package/docent-* /opt/docent

FROM debian:bookworm-20250811-slim
# curl asks how it is; the certificates are for model servers and stores beyond this machine.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin docent \
    && install -d -m 0700 -o docent -g docent /data
COPY --from=program /opt/docent /opt/docent
RUN ln -s /opt/docent/bin/docent /opt/docent/bin/docent-worker /usr/local/bin/
# Without accounts Docent answers on loopback addresses only, which nobody outside the container reaches.
ENV DOCENT_HOME=/opt/docent/share/docent DOCENT_DATA_DIR=/data DOCENT_LISTEN=0.0.0.0:8000 DOCENT_AUTH=on
USER docent
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD curl --fail --silent --output /dev/null http://127.0.0.1:8000/healthz || exit 1
ENTRYPOINT ["docent"]
CMD ["serve"]
