using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;

namespace Trigger.Kernel.Persistence;

/// <summary>What <c>akka.persistence</c> says.</summary>
public sealed class PersistenceSettings : Settings
{
    public PersistenceSettings(ActorSystem system, Config config)
        : base(system, config) => AtLeastOnceDelivery = new AtLeastOnceDeliverySettings(config.GetConfig("akka.persistence.at-least-once-delivery"));

    public AtLeastOnceDeliverySettings AtLeastOnceDelivery { get; set; }

    /// <summary>How patiently messages are sent again. Immutable; each method answers a changed copy.</summary>
    public sealed class AtLeastOnceDeliverySettings
    {
        /// <param name="config">The section <c>at-least-once-delivery</c>; what it leaves out has Akka.NET's default.</param>
        public AtLeastOnceDeliverySettings(Config config)
            : this(
                config.GetTimeSpan("redeliver-interval", TimeSpan.FromSeconds(5)),
                config.GetInt("redelivery-burst-limit", 10_000),
                config.GetInt("warn-after-number-of-unconfirmed-attempts", 5),
                config.GetInt("max-unconfirmed-messages", 100_000))
        {
        }

        public AtLeastOnceDeliverySettings(TimeSpan redeliverInterval, int redeliveryBurstLimit, int warnAfterNumberOfUnconfirmedAttempts, int maxUnconfirmedMessages)
        {
            RedeliverInterval = redeliverInterval;
            RedeliveryBurstLimit = redeliveryBurstLimit;
            WarnAfterNumberOfUnconfirmedAttempts = warnAfterNumberOfUnconfirmedAttempts;
            MaxUnconfirmedMessages = maxUnconfirmedMessages;
        }

        /// <summary>How long a message may be unconfirmed before it is sent again.</summary>
        public TimeSpan RedeliverInterval { get; }

        /// <summary>How many are sent again at a time.</summary>
        public int RedeliveryBurstLimit { get; }

        /// <summary>After so many attempts the actor gets an <see cref="UnconfirmedWarning"/>.</summary>
        public int WarnAfterNumberOfUnconfirmedAttempts { get; }

        /// <summary>How many may be unconfirmed at a time.</summary>
        public int MaxUnconfirmedMessages { get; }

        public AtLeastOnceDeliverySettings WithRedeliverInterval(TimeSpan redeliverInterval) =>
            new(redeliverInterval, RedeliveryBurstLimit, WarnAfterNumberOfUnconfirmedAttempts, MaxUnconfirmedMessages);

        public AtLeastOnceDeliverySettings WithRedeliveryBurstLimit(int redeliveryBurstLimit) =>
            new(RedeliverInterval, redeliveryBurstLimit, WarnAfterNumberOfUnconfirmedAttempts, MaxUnconfirmedMessages);

        public AtLeastOnceDeliverySettings WithUnconfirmedAttemptsToWarn(int unconfirmedAttemptsToWarn) =>
            new(RedeliverInterval, RedeliveryBurstLimit, unconfirmedAttemptsToWarn, MaxUnconfirmedMessages);

        public AtLeastOnceDeliverySettings WithMaxUnconfirmedMessages(int maxUnconfirmedMessages) =>
            new(RedeliverInterval, RedeliveryBurstLimit, WarnAfterNumberOfUnconfirmedAttempts, maxUnconfirmedMessages);
    }
}
