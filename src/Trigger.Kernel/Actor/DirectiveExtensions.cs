namespace Trigger.Kernel.Actor;

public static class DirectiveExtensions
{
    /// <summary>One line of a <see cref="DeployableDecider"/>.</summary>
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self)
        where TException : Exception => new(typeof(TException), self);
}
