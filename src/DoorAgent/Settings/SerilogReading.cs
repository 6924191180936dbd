using System.Globalization;
using System.Reflection;
using Serilog;
using Serilog.Settings.Configuration;

namespace DoorAgent.Settings;

/// <summary>Lets Serilog read its section, or some of it.</summary>
internal static class SerilogReading
{
    /// <summary>Does what the section says to a logger in the making.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="settings">Where the section may stand.</param>
    /// <param name="isMeant">Which keys count, by the word after Serilog.</param>
    /// <exception cref="UserErrorException">Serilog cannot use it.</exception>
    public static LoggerConfiguration Read(LoggerConfiguration logger, IConfiguration settings, Func<string, bool> isMeant) =>
        Read(logger, Part(settings, isMeant, pair => [pair]));

    /// <summary>Does what a prepared section says to a logger in the making.</summary>
    /// <exception cref="UserErrorException">Serilog cannot use it.</exception>
    public static LoggerConfiguration Read(LoggerConfiguration logger, IConfiguration part)
    {
        try
        {
            return logger.ReadFrom.Configuration(part, new ConfigurationReaderOptions(SerilogMethods.Assemblies)
            {
                SectionName = KnownKeys.SerilogSection,
                FormatProvider = CultureInfo.InvariantCulture,
            });
        }
#pragma warning disable CA1031 // Whatever a sink's making throws: the reader calls code by the names that people write.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Exception cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
            throw new UserErrorException($"Section {KnownKeys.SerilogSection} cannot be used: {cause.Message}", failure);
        }
    }

    /// <summary>Some of the section, in the same layers: of a level that is written in two forms, the later layer's holds.</summary>
    public static IConfigurationRoot Part(IConfiguration settings, Func<string, bool> isMeant,
        Func<KeyValuePair<string, string?>, IEnumerable<KeyValuePair<string, string?>>> rewritten)
    {
        ConfigurationBuilder layers = new();
        foreach (IConfigurationProvider layer in ((IConfigurationRoot)settings).Providers)
        {
            layers.AddInMemoryCollection(new ConfigurationRoot([layer]).GetSection(KnownKeys.SerilogSection).AsEnumerable()
                .Where(pair => pair.Value is not null && pair.Key.Split(':') is [_, var word, ..] && isMeant(word)).SelectMany(rewritten));
        }

        return layers.Build();
    }
}
