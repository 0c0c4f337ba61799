namespace Trigger.Kernel.Actor;

/// <summary>Makes the actor fail with <see cref="ActorKilledException"/>, which stops it unless its supervisor decides otherwise.</summary>
public sealed class Kill : AutoReceivedMessage, IPossiblyHarmful
{
    public static readonly Kill Instance = new();

    private Kill()
    {
    }

    public override string ToString() => "<Kill>";
}
