# LLMscope as an image: the service alone, without its private PostgreSQL (docker-compose.yml brings a database beside it).
#   docker build -t localhost/llmscope .
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0
ARG NODE_IMAGE=docker.io/library/node:20

# The scripts and styles of the dashboard.
FROM ${NODE_IMAGE} AS browser
WORKDIR /web
COPY web/LLMscope.Dashboard/package.json web/LLMscope.Dashboard/package-lock.json web/LLMscope.Dashboard/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY web/LLMscope.Dashboard/build.mjs web/LLMscope.Dashboard/tsconfig.json ./
COPY web/LLMscope.Dashboard/Scripts Scripts
COPY web/LLMscope.Dashboard/Styles Styles
RUN npm run build

FROM ${SDK_IMAGE} AS build
WORKDIR /source
# The packages are a layer of their own: only a change of a project file restores them again.
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Build.targets Directory.Packages.props global.json ./
COPY src/LLMscope.Spc/LLMscope.Spc.csproj src/LLMscope.Spc/
COPY src/LLMscope.Host/LLMscope.Host.csproj src/LLMscope.Host/
COPY src/LLMscope.Monitoring/LLMscope.Monitoring.csproj src/LLMscope.Monitoring/PrivatePostgres.targets src/LLMscope.Monitoring/
COPY src/LLMscope.Monitoring/Storage/PrivateServer/package-lock.json src/LLMscope.Monitoring/Storage/PrivateServer/
COPY src/LLMscope.Service/LLMscope.Service.csproj src/LLMscope.Service/
COPY web/LLMscope.Dashboard/*.csproj web/LLMscope.Dashboard/*.targets web/LLMscope.Dashboard/
RUN dotnet restore src/LLMscope.Service -p:PrivatePostgres=false
COPY src src
COPY web web
COPY --from=browser /web/wwwroot/build web/LLMscope.Dashboard/wwwroot/build
RUN dotnet publish src/LLMscope.Service --no-restore -c Release -o /app -p:PrivatePostgres=false -p:BuildBrowser=false -p:UseAppHost=false \
 && mkdir /data
COPY LICENSE THIRD-PARTY-NOTICES.md /app/

# Everything below works in an image without a shell too.
FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="LLMscope" \
      org.opencontainers.image.description="Statistical process control for LLM performance" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=1654:1654 /data /data
ENV ASPNETCORE_HTTP_PORTS=8080 \
    LLMscope__Otlp__Address=* \
    LLMscope__DataFolder=/data
USER 1654:1654
VOLUME /data
EXPOSE 8080 4317 4318
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "LLMscope.Service.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "LLMscope.Service.dll"]
