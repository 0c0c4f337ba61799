using Trigger.Devices;

namespace Trigger.Jobs.Plays;

/// <summary>
/// Work on many devices, as a class: what each kind of device is sent, and what its answers mean. A subclass registers hooks by platform or vendor; where there is none the base
/// hooks count, unless <see cref="AllowFallback"/> says no. An instance holds no results, so it may be run on several fleets at once.
/// <code>
/// sealed class Uptime : Commando&lt;string&gt;
/// {
///     public Uptime()
///     {
///         To("juniper", _ => ["show system uptime"]);
///         From("juniper", (_, answers) => answers[0]!.Split('\n')[0]);
///     }
///     protected override IReadOnlyList&lt;string?&gt; Commands => ["show version | include uptime"];
///     protected override string FromBase(NetDevice device, IReadOnlyList&lt;string?&gt; answers) => answers[0]!;
/// }
/// </code>
/// </summary>
/// <typeparam name="TResult">What one device's answers become.</typeparam>
public abstract class Commando<TResult>
{
    private readonly Dictionary<string, Func<NetDevice, IReadOnlyList<string?>>> to = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<NetDevice, IReadOnlyList<string?>, TResult>> from = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The vendors and platforms that it is for; empty for all.</summary>
    protected virtual IReadOnlyList<string> For => [];

    /// <summary>What a device is sent that no hook is for. A null is not sent, and its answer is null.</summary>
    protected virtual IReadOnlyList<string?> Commands => [];

    /// <summary>Whether a device that no hook is for is sent <see cref="Commands"/>. Otherwise it is an error.</summary>
    protected virtual bool AllowFallback => true;

    /// <summary>Whether a device's error is an answer like another. Otherwise the device has no result but an error.</summary>
    public virtual bool WithErrors => false;

    /// <summary>Why it cannot be done on the device; null when it can.</summary>
    public string? WhyNot(NetDevice device) =>
        For.Count > 0 && !For.Contains(device.Vendor, StringComparer.OrdinalIgnoreCase) && !For.Contains(device.Platform, StringComparer.OrdinalIgnoreCase)
            ? $"This is for {string.Join(", ", For)}, and {device.Name} is {device.Platform} of {device.Vendor}."
            : !AllowFallback && Hook(to, device) is null ? $"Nothing says what to send to {device.Platform} of {device.Vendor}." : null;

    /// <summary>What the device is sent.</summary>
    public IReadOnlyList<string?> CommandsOf(NetDevice device) => Hook(to, device) is { } hook ? hook(device) : BaseOf(device);

    /// <summary>What its answers mean.</summary>
    /// <param name="answers">One for each command, in order; null where the command was null.</param>
    public TResult ResultOf(NetDevice device, IReadOnlyList<string?> answers) => Hook(from, device) is { } hook ? hook(device, answers) : FromBase(device, answers);

    /// <summary>Registers what a vendor's or platform's devices are sent.</summary>
    protected void To(string kind, Func<NetDevice, IReadOnlyList<string?>> commands) => to[kind] = commands;

    /// <summary>Registers what the answers of a vendor's or platform's devices mean.</summary>
    protected void From(string kind, Func<NetDevice, IReadOnlyList<string?>, TResult> result) => from[kind] = result;

    /// <summary>What a device is sent that no hook is for: <see cref="Commands"/>, unless that depends on the device.</summary>
    protected virtual IReadOnlyList<string?> BaseOf(NetDevice device) => Commands;

    /// <summary>What answers mean that no hook is for.</summary>
    protected abstract TResult FromBase(NetDevice device, IReadOnlyList<string?> answers);

    private static T? Hook<T>(Dictionary<string, T> hooks, NetDevice device) where T : class =>
        hooks.GetValueOrDefault(device.Platform) ?? hooks.GetValueOrDefault(device.Vendor);
}
