using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>The extensions of a system, each made once however many ask at the same time.</summary>
internal sealed class Extensions
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _byType = new();

    internal object GetOrAdd(Type type, Func<object> create)
    {
        var entry = _byType.GetOrAdd(type, _ => new Lazy<object>(create));
        try
        {
            return entry.Value;
        }
        catch
        {
            // What failed once may be tried again; a Lazy would repeat its first exception for ever.
            _byType.TryRemove(new KeyValuePair<Type, Lazy<object>>(type, entry));
            throw;
        }
    }

    internal bool TryGet(Type type, [NotNullWhen(true)] out object? extension)
    {
        extension = _byType.TryGetValue(type, out var entry) ? entry.Value : null;
        return extension is not null;
    }
}
