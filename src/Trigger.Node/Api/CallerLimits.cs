using System.Threading.RateLimiting;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>How often each caller may ask.</summary>
internal sealed class CallerLimits(ApiSettings settings)
{
    private readonly PartitionedRateLimiter<Caller> limiter = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetTokenBucketLimiter(
        $"{caller.Name}@{caller.Origin}",
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.RequestsPerSecond * 2,
            TokensPerPeriod = settings.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
            QueueLimit = 0,
        }));

    public bool Take(Caller caller)
    {
        using var lease = limiter.AttemptAcquire(caller);
        return lease.IsAcquired;
    }
}
