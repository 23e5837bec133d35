using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace IndicatorCore.Portal.Serving;

/// <summary>The portal as services of a host.</summary>
public static class PortalServices
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Adds the portal: what is served, who may see it (<see cref="AccessServices.AddIndicatorAccess"/>), response compression, the OpenAPI document <c>v1</c> and the meter
    /// <c>IndicatorCore.Portal</c>, which goes to an OTLP collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. The store is opened and disposed by who gives it.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what is served.</param>
    /// <param name="access">Changes how callers are let in, or null.</param>
    /// <exception cref="ArgumentException">There is no store.</exception>
    public static IServiceCollection AddIndicatorPortal(this IServiceCollection services, Action<PortalOptions> configure, Action<PortalAccessOptions>? access = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PortalOptions();
        configure(options);
        var store = options.Store ?? throw new ArgumentException("The portal needs a store.", nameof(configure));
        services.AddSingleton(options);
        services.AddSingleton<IPortalStore>(new BorrowedStore(store));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new Publisher(provider.GetRequiredService<IPortalStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new FormDesk(provider.GetRequiredService<IPortalStore>()));
        services.AddSingleton<PortalMetrics>();
        services.AddSingleton(static _ => new PrometheusText(PortalMetrics.Name));
        services.AddSingleton<PortalFilter>();
        services.AddSingleton<ResultEndpoints>();
        services.AddSingleton<CatalogEndpoints>();
        services.AddSingleton<FormEndpoints>();
        services.AddSingleton<UploadEndpoints>();
        services.AddSingleton<PageFiles>();
        services.AddIndicatorAccess(access);
        services.AddResponseCompression(static compression =>
        {
            // keys travel in a header, and no answer repeats what a foreign page could put into a request
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json", "text/csv", "text/plain"];
        });
        services.Configure<GzipCompressionProviderOptions>(static gzip => gzip.Level = System.IO.Compression.CompressionLevel.Fastest);
        services.Configure<BrotliCompressionProviderOptions>(static brotli => brotli.Level = System.IO.Compression.CompressionLevel.Fastest);
        services.AddSingleton<IStartupFilter, CompressionFilter>();
        services.AddOpenApi("v1", PortalDocument.Describe);
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
        {
            services.AddSingleton(static _ => Sdk.CreateMeterProviderBuilder().AddMeter(PortalMetrics.Name).AddOtlpExporter().Build());
        }

        return services;
    }

    private sealed class CompressionFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => builder =>
        {
            builder.UseResponseCompression();
            next(builder);
        };
    }
}
