using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Page;

/// <summary>Runs the doctor for the page in a process of its own, which loads its networks, and gives the memory back when it ends. It has
/// less of the processor than the door.</summary>
/// <param name="result">The command line of the door, whose options the doctor gets too.</param>
internal sealed class DoctorProcess(ParseResult result)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Checks the door.</summary>
    /// <exception cref="UserErrorException">The doctor did not check.</exception>
    public async Task<CheckReport> RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource late = new(Patience, TimeProvider.System);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        using Process doctor = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments())
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        }) ?? throw new UserErrorException("The doctor does not start.");
        try
        {
            doctor.StandardInput.Close();
            doctor.PriorityClass = ProcessPriorityClass.BelowNormal;
            Task<string> errors = doctor.StandardError.ReadToEndAsync(end.Token);
            string report = await doctor.StandardOutput.ReadToEndAsync(end.Token);
            await doctor.WaitForExitAsync(end.Token);
            return Read(report) ?? throw new UserErrorException($"The doctor could not check: {(await errors).Trim()}");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new UserErrorException($"The doctor did not end within {Patience.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!doctor.HasExited)
                doctor.Kill();
        }
    }

    /// <summary>Reads the doctor's report; null for anything else.</summary>
    internal static CheckReport? Read(string report)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(report);
            JsonElement root = document.RootElement;
            return new CheckReport(root.GetProperty("result").GetString()!,
            [
                .. root.GetProperty("findings").EnumerateArray().Select(one => new CheckFinding(one.GetProperty("check").GetString()!,
                    one.GetProperty("level").GetString()!, one.GetProperty("what").GetString()!, one.GetProperty("next").GetString())),
            ]);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private List<string> Arguments()
    {
        List<string> arguments = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "dooragent.dll")] : [];
        arguments.AddRange(["doctor", "--json"]);
        Add(CommonOptions.Config);
        Add(CommonOptions.Data);
        Add(CommonOptions.Models);
        foreach (string set in result.GetValue(CommonOptions.Set) ?? [])
            arguments.AddRange([CommonOptions.Set.Name, set]);
        return arguments;

        void Add(Option<string?> option)
        {
            if (result.GetValue(option) is { } value)
                arguments.AddRange([option.Name, value]);
        }
    }
}
