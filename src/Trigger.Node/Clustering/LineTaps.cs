using System.Collections.Immutable;
using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Node.Clustering;

/// <summary>Lets people look at conversations that are under way: they hear what the device says, which is what a screen would show, and no password that is typed.</summary>
internal sealed class LineTaps
{
    private ImmutableDictionary<string, ImmutableArray<Action<ReadOnlyMemory<byte>>>> watchers = ImmutableDictionary<string, ImmutableArray<Action<ReadOnlyMemory<byte>>>>.Empty;

    /// <summary>Puts the tap into every line.</summary>
    public DialLine Into(DialLine dial) => (device, platform, listener) => dial(device, platform, new Tapped(this, device.Name, listener));

    /// <summary>Hears everything that the device says from now on, on wire threads, until it is disposed.</summary>
    public IDisposable Watch(string device, Action<ReadOnlyMemory<byte>> hear)
    {
        ImmutableInterlocked.AddOrUpdate(ref watchers, device, _ => [hear], (_, others) => others.Add(hear));
        return new Watcher(this, device, hear);
    }

    private void Leave(string device, Action<ReadOnlyMemory<byte>> hear) => ImmutableInterlocked.Update(ref watchers, all =>
        all.GetValueOrDefault(device, []) is var others && others.Remove(hear) is { Length: > 0 } left ? all.SetItem(device, left) : all.Remove(device));

    private sealed class Watcher(LineTaps taps, string device, Action<ReadOnlyMemory<byte>> hear) : IDisposable
    {
        public void Dispose() => taps.Leave(device, hear);
    }

    private sealed class Tapped(LineTaps taps, string device, ILineObserver listener) : ILineObserver
    {
        public void Authenticating(LineGreeting greeting) => listener.Authenticating(greeting);

        public void Opened(LineGreeting greeting) => listener.Opened(greeting);

        public void Received(ReadOnlyMemory<byte> bytes)
        {
            if (!taps.watchers.IsEmpty && taps.watchers.TryGetValue(device, out var hearing))
            {
                foreach (var hear in hearing)
                    hear(bytes);
            }

            listener.Received(bytes);
        }

        public void ReceivedError(ReadOnlyMemory<byte> bytes) => listener.ReceivedError(bytes);

        public void Exited(LineExit exit) => listener.Exited(exit);

        public void Closed(WireFault? fault) => listener.Closed(fault);
    }
}
