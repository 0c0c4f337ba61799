using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Trigger.Wire.Netconf.Model;

/// <summary>What one side of a session offers.</summary>
public sealed class CapabilitySet : IReadOnlyList<Capability>
{
    private readonly List<Capability> all = [];
    private readonly Dictionary<string, Capability> byName = [];

    public CapabilitySet(IEnumerable<string> uris)
    {
        ArgumentNullException.ThrowIfNull(uris);
        foreach (var uri in uris.Distinct())
        {
            var capability = new Capability(uri);
            all.Add(capability);
            byName.TryAdd(capability.Name, capability);
            if (capability.Shorthand is { } shorthand)
            {
                byName.TryAdd(shorthand, capability);
                byName.TryAdd(shorthand[..shorthand.LastIndexOf(':')], capability);
            }
        }
    }

    public int Count => all.Count;

    public Capability this[int index] => all[index];

    /// <param name="wanted">A URI without parameters, or a shorthand: <c>:candidate</c>, <c>:confirmed-commit:1.1</c>.</param>
    public bool Has(string wanted) => byName.ContainsKey(wanted);

    public bool TryGet(string wanted, [NotNullWhen(true)] out Capability? capability) => byName.TryGetValue(wanted, out capability);

    /// <summary>The YANG module of that name, if the hello lists modules (RFC 7950 §5.6.4 servers list them in a library instead).</summary>
    public Capability? Module(string name) => all.Find(capability => capability.Parameters.GetValueOrDefault("module") == name);

    public IEnumerator<Capability> GetEnumerator() => all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
