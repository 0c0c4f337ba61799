using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Kernel.Persistence.Snapshot;

namespace Trigger.Kernel.Persistence;

/// <summary>Plug-ins as Akka.NET's configuration names them: a section whose path is the plug-in's id, and in it the <c>class</c>.</summary>
internal static class ConfiguredPlugin
{
    /// <summary>Null when no section has that path. The actor gets the section if its constructor takes a <see cref="Config"/>.</summary>
    /// <exception cref="ConfigurationException">The section names no class, or none that is an actor's.</exception>
    internal static Props? Find(Config config, string id)
    {
        switch (id)
        {
            case JournalSetup.InMemoryPlugin when !config.HasPath(id):
                return Props.Create(static () => new MemoryJournal());
            case SnapshotSetup.InMemoryPlugin when !config.HasPath(id):
                return Props.Create(static () => new MemorySnapshotStore());
        }

        return config.HasPath(id) ? Named(config, id) : null;
    }

    /// <summary>What <c>event-adapters</c> names and <c>event-adapter-bindings</c> binds in a journal's section.</summary>
    internal static EventAdapters Adapters(Config config, string id)
    {
        var section = config.GetConfig(id);
        var adapters = new Dictionary<string, IEventAdapter>();
        foreach (var (name, _) in section.GetConfig("event-adapters").Hocon.AsEnumerable())
            adapters[name] = Adapter(config, $"{id}.event-adapters.\"{name}\"");

        var bound = EventAdapters.None;
        foreach (var (type, value) in section.GetConfig("event-adapter-bindings").Hocon.AsEnumerable())
        {
            var path = $"{id}.event-adapter-bindings.\"{type}\"";
            string[] names = value.Text is { } single ? [single] : [.. config.GetStringList(path)];
            bound = bound.Bind(TypeAt(config, path, type), Together([.. names.Select(name => Known(adapters, name, config, path))]));
        }

        return bound;
    }

    private static Props Named(Config config, string id)
    {
        var path = $"{id}.class";
        if (config.GetString(path) is not { } name)
            throw new ConfigurationException($"{config.Hocon.OriginOf(id)}: {id} names no class, so nothing can be made of it.");

        var type = TypeAt(config, path, name);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ConfigurationException($"{config.Hocon.OriginOf(path)}: {path} is {type}, which is no actor.");
        return type.GetConstructor([typeof(Config)]) is null ? Props.Create(type) : Props.Create(type, config.GetConfig(id));
    }

    private static IEventAdapter Together(IEventAdapter[] adapters) => adapters is [var only] ? only : new CombinedReadEventAdapter(adapters);

    private static IEventAdapter Adapter(Config config, string path)
    {
        var type = TypeAt(config, path, config.GetString(path) ?? "");
        return type.GetConstructor([])?.Invoke([]) switch
        {
            IEventAdapter adapter => adapter,
            IReadEventAdapter reader => new OneWayEventAdapter(reader, null),
            IWriteEventAdapter writer => new OneWayEventAdapter(null, writer),
            _ => throw new ConfigurationException($"{config.Hocon.OriginOf(path)}: {path} is {type}, which is no event adapter with a public constructor without parameters."),
        };
    }

    private static IEventAdapter Known(Dictionary<string, IEventAdapter> adapters, string name, Config config, string path) =>
        adapters.GetValueOrDefault(name) ?? throw new ConfigurationException(
            $"{config.Hocon.OriginOf(path)}: {path} names the adapter {name}, but event-adapters has only {string.Join(", ", adapters.Keys)}.");

    private static Type TypeAt(Config config, string path, string name) =>
        Type.GetType(name) ?? throw new ConfigurationException(
            $"{config.Hocon.OriginOf(path)}: there is no type {name}. Write its full name and, behind a comma, its assembly's.");
}
