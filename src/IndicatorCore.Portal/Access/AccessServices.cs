using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace IndicatorCore.Portal.Access;

/// <summary>Access keys, policies, rates and the audit log as services of a host.</summary>
public static class AccessServices
{
    /// <summary>
    /// Adds the scheme <see cref="PortalAccess.KeyScheme"/>, the policies of <see cref="PortalAccess"/> and the audit log. Needs an <see cref="IPortalStore"/> among the services,
    /// and an open one before the host starts.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options, or null.</param>
    public static IServiceCollection AddIndicatorAccess(this IServiceCollection services, Action<PortalAccessOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PortalAccessOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new AccessKeys(provider.GetRequiredService<IPortalStore>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<AccessRate>();
        services.TryAddSingleton<AuditLog>();
        services.AddHostedService(static provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<IStartupFilter, AuditFilter>();
        services.AddProblemDetails();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyHandler>(PortalAccess.KeyScheme, configureOptions: null);
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<PortalAccessOptions>>(static (authorization, access) =>
        {
            Add(PortalAccess.ReadPolicy, static caller => caller.ReadScopes is not { Count: 0 });
            Add(PortalAccess.UploadPolicy, static caller => caller.UploadsAll);
            Add(PortalAccess.AdminPolicy, static caller => caller is { ReadsAll: true, UploadsAll: true });

            void Add(string name, Predicate<PortalCaller> may) => authorization.AddPolicy(name, policy => policy
                .AddAuthenticationSchemes([.. access.Value.Schemes])
                .RequireAuthenticatedUser()
                .RequireAssertion(context => may(PortalCaller.Of(context.User))));
        });
        return services;
    }

    /// <summary>Asks callers for a policy, holds them to their rate, and writes every request to the audit log.</summary>
    /// <param name="builder">The endpoints.</param>
    /// <param name="policy">One of the policies of <see cref="PortalAccess"/>.</param>
    public static TBuilder RequireIndicatorAccess<TBuilder>(this TBuilder builder, string policy)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(policy);
        return builder
            .RequireAuthorization(policy)
            .WithMetadata(AuditedEndpoint.Instance)
            .AddEndpointFilter(static (invocation, next) => invocation.HttpContext.RequestServices.GetRequiredService<AccessRate>().FilterAsync(invocation, next));
    }
}
