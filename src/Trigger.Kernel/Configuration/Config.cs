using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Trigger.Hocon;

namespace Trigger.Kernel.Configuration;

/// <summary>
/// A configuration with Akka.NET's manners: what is absent has a default, and a part that is absent is empty. <see cref="Hocon"/> is the strict one
/// underneath, which knows where every value was written; code that is ours should ask that one.
/// </summary>
public class Config
{
    public static readonly Config Empty = new();

    public Config()
        : this(Trigger.Hocon.Config.Empty)
    {
    }

    public Config(Config source, Config fallback)
        : this(source.WithFallback(fallback).Hocon)
    {
    }

    public Config(Trigger.Hocon.Config hocon) => Hocon = hocon ?? throw new ArgumentNullException(nameof(hocon));

    public Trigger.Hocon.Config Hocon { get; }

    public virtual bool IsEmpty => Hocon.Keys.Count == 0;

    public static implicit operator Config(string hocon) => ConfigurationFactory.ParseString(hocon);

    public static implicit operator Config(Trigger.Hocon.Config hocon) => new(hocon);

    public static Config operator +(Config config, string fallback) => config.WithFallback(fallback);

    public static Config operator +(string configHocon, Config fallbackConfig) => ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public virtual bool HasPath(string path) => Hocon.HasPath(path);

    [return: NotNullIfNotNull(nameof(@default))]
    public virtual string? GetString(string path, string? @default = null) => Read(path, () => Hocon.GetString(path), @default);

    /// <exception cref="ConfigurationException">The value is not what was asked for; the message names its file and line. Likewise below.</exception>
    public virtual int GetInt(string path, int @default = 0) => Read(path, () => Hocon.GetInt(path), @default);

    public virtual long GetLong(string path, long @default = 0) => Read(path, () => Parse(path, long.Parse), @default);

    public virtual float GetFloat(string path, float @default = 0) => Read(path, () => Parse(path, float.Parse), @default);

    public virtual double GetDouble(string path, double @default = 0) => Read(path, () => Parse(path, double.Parse), @default);

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, () => Parse(path, decimal.Parse), @default);

    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, () => Hocon.GetBoolean(path), @default);

    /// <summary>A bare number counts milliseconds; <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, () => allowInfinite && Hocon.GetString(path) == "infinite" ? Timeout.InfiniteTimeSpan : Hocon.GetDuration(path), @default ?? TimeSpan.Zero);

    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    public virtual long? GetByteSize(string path, long? def) => Read(path, () => Hocon.GetBytes(path), def);

    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Read<IList<string>>(path, () => [.. Hocon.GetStringList(path)], defaultPaths);

    public virtual IList<int> GetIntList(string path) => [.. GetStringList(path).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    public virtual IList<long> GetLongList(string path) => [.. GetStringList(path).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];

    public virtual IList<double> GetDoubleList(string path) => [.. GetStringList(path).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <returns>The object at the path, <see cref="Empty"/> when there is none.</returns>
    public virtual Config GetConfig(string path) => Read(path, () => new Config(Hocon.GetConfig(path)), Empty);

    /// <summary>As <see cref="GetConfig"/>, for one key as it is, whatever signs are in it.</summary>
    internal Config GetSection(string key) => GetConfig($"\"{key}\"");

    public virtual Config WithFallback(Config? fallback)
    {
        if (fallback is null || fallback.IsEmpty || ReferenceEquals(fallback, this))
            return this;
        return IsEmpty ? fallback : new Config(Hocon.WithFallback(fallback.Hocon));
    }

    private TNumber Parse<TNumber>(string path, Func<string, IFormatProvider, TNumber> parse)
    {
        try
        {
            return parse(Hocon.GetString(path), CultureInfo.InvariantCulture);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException)
        {
            throw new ConfigurationException($"{Hocon.OriginOf(path)}: {path} is \"{Hocon.GetString(path)}\", which is not a {typeof(TNumber).Name}.", cause);
        }
    }

    [return: NotNullIfNotNull(nameof(otherwise))]
    private T? Read<T>(string path, Func<T> read, T? otherwise)
    {
        try
        {
            return Hocon.HasPath(path) ? read() : otherwise;
        }
        catch (ConfigException mistake)
        {
            throw new ConfigurationException(mistake.Message, mistake);
        }
    }
}
