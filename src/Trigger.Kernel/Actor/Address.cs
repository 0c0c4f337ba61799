namespace Trigger.Kernel.Actor;

/// <summary>Where an actor system lives: <c>akka://name</c>, or <c>akka.tcp://name@host:port</c> when it can be reached from elsewhere.</summary>
public sealed record Address(string Protocol, string System, string? Host = null, int? Port = null)
{
    public bool HasLocalScope => Host is null;

    public override string ToString() =>
        Host is null ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";
}
