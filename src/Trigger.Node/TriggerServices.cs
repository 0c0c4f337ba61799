using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trigger.Node;

/// <summary>Makes a host service a node of a cluster.</summary>
public static class TriggerServices
{
    /// <summary>
    /// Adds a node that starts and stops with the host. <see cref="TriggerClient"/> is its face for the host's own services. Stopping hands its work over, so give the host more time than
    /// <see cref="NodeHostOptions.DrainTime"/>: this sets <see cref="HostOptions.ShutdownTimeout"/> to that and ten seconds, unless it is longer.
    /// </summary>
    /// <param name="options">Made once, when the host starts.</param>
    public static IServiceCollection AddTrigger(this IServiceCollection services, Func<IServiceProvider, NodeHostOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => new TriggerService(
            options(provider) is var own && own.Logging is null ? own with { Logging = provider.GetRequiredService<ILoggerFactory>() } : own));
        services.AddHostedService(provider => provider.GetRequiredService<TriggerService>());
        services.AddSingleton(provider => new TriggerClient(provider.GetRequiredService<TriggerService>().Node));
        services.AddOptions<HostOptions>().PostConfigure<TriggerService>((host, trigger) =>
        {
            var needed = trigger.DrainTime + TimeSpan.FromSeconds(10);
            if (host.ShutdownTimeout < needed)
                host.ShutdownTimeout = needed;
        });
        return services;
    }
}
