using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Configuration;

namespace Trigger.Kernel.Routing;

/// <summary>Grows a pool of which all are busy and shrinks one of which few are.</summary>
public class DefaultResizer : Resizer, IEquatable<DefaultResizer>
{
    /// <param name="lower">The least number of routees.</param>
    /// <param name="upper">The most.</param>
    /// <param name="pressureThreshold">When a routee counts as busy: 0 while it handles a message, 1 when another waits besides, more for so many waiting.</param>
    /// <param name="rampupRate">By which part of the pool it grows when all are busy.</param>
    /// <param name="backoffThreshold">Below which part of busy ones it shrinks; 0 never.</param>
    /// <param name="backoffRate">By which part it shrinks.</param>
    /// <param name="messagesPerResize">After how many messages the pool is looked at.</param>
    public DefaultResizer(
        int lower, int upper, int pressureThreshold = 1, double rampupRate = 0.2, double backoffThreshold = 0.3, double backoffRate = 0.1, int messagesPerResize = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lower);
        ArgumentOutOfRangeException.ThrowIfLessThan(upper, Math.Max(1, lower));
        ArgumentOutOfRangeException.ThrowIfNegative(rampupRate);
        ArgumentOutOfRangeException.ThrowIfNegative(backoffThreshold);
        ArgumentOutOfRangeException.ThrowIfNegative(backoffRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(messagesPerResize, 1);
        LowerBound = lower;
        UpperBound = upper;
        PressureThreshold = pressureThreshold;
        RampupRate = rampupRate;
        BackoffThreshold = backoffThreshold;
        BackoffRate = backoffRate;
        MessagesPerResize = messagesPerResize;
    }

    public int LowerBound { get; set; }

    public int UpperBound { get; set; }

    public int PressureThreshold { get; }

    public double RampupRate { get; }

    public double BackoffThreshold { get; }

    public double BackoffRate { get; }

    public int MessagesPerResize { get; }

    /// <param name="resizerConfig">The section <c>resizer</c>; what it leaves out has Akka.NET's default.</param>
    public static new DefaultResizer FromConfig(Config resizerConfig) => new(
        resizerConfig.GetInt("lower-bound", 1),
        resizerConfig.GetInt("upper-bound", 10),
        resizerConfig.GetInt("pressure-threshold", 1),
        resizerConfig.GetDouble("rampup-rate", 0.2),
        resizerConfig.GetDouble("backoff-threshold", 0.3),
        resizerConfig.GetDouble("backoff-rate", 0.1),
        resizerConfig.GetInt("messages-per-resize", 10));

    public override bool IsTimeForResize(long messageCounter) => messageCounter % MessagesPerResize == 0;

    public override int Resize(IEnumerable<Routee> currentRoutees) => Capacity(currentRoutees);

    /// <summary>The change that brings the pool where it should be, within the bounds.</summary>
    public int Capacity(IEnumerable<Routee> currentRoutees)
    {
        var routees = currentRoutees as Routee[] ?? [.. currentRoutees];
        var proposed = routees.Length + Filter(Pressure(routees), routees.Length);
        return Math.Clamp(proposed, LowerBound, UpperBound) - routees.Length;
    }

    /// <summary>How many are busy.</summary>
    public int Pressure(IEnumerable<Routee> currentRoutees) => currentRoutees.Count(IsBusy);

    public int Filter(int pressure, int capacity) => Rampup(pressure, capacity) + Backoff(pressure, capacity);

    public int Rampup(int pressure, int capacity) => pressure < capacity ? 0 : (int)Math.Ceiling(RampupRate * capacity);

    public int Backoff(int pressure, int capacity) =>
        BackoffThreshold > 0 && BackoffRate > 0 && capacity > 0 && (double)pressure / capacity < BackoffThreshold
            ? (int)Math.Floor(-1.0 * BackoffRate * capacity)
            : 0;

    public bool Equals(DefaultResizer? other) =>
        other is not null && (LowerBound, UpperBound, PressureThreshold, MessagesPerResize) == (other.LowerBound, other.UpperBound, other.PressureThreshold, other.MessagesPerResize)
        && RampupRate.Equals(other.RampupRate) && BackoffThreshold.Equals(other.BackoffThreshold) && BackoffRate.Equals(other.BackoffRate);

    public override bool Equals(object? obj) => Equals(obj as DefaultResizer);

    public override int GetHashCode() => HashCode.Combine(PressureThreshold, RampupRate, BackoffThreshold, BackoffRate, MessagesPerResize);

    private bool IsBusy(Routee routee)
    {
        if (routee is not ActorRefRoutee { Actor: LocalActorRef local })
            return false;

        var mailbox = local.Cell.Mailbox;
        return PressureThreshold switch
        {
            1 => mailbox.IsBusy && mailbox.RoughCount > 0,
            < 1 => mailbox.IsBusy,
            _ => mailbox.RoughCount >= PressureThreshold,
        };
    }
}
