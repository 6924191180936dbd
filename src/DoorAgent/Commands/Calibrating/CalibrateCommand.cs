using System.CommandLine;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Creates dooragent calibrate, which checks the table of error rates against the gallery, or makes a table.</summary>
internal static class CalibrateCommand
{
    internal static Command Create()
    {
        DatasetTableOptions dataset = new();
        Command command = new("calibrate", """
            Makes the table of error rates of an encoder from a data set.

            With --dataset: DIR has a folder for each person, as LFW has. Single pictures of each person are compared with the
            templates of all others, by the rule of comparison that --rule names. The table says at which distance each false match
            rate lies, with the 95 % interval (people are drawn with replacement). A rate counts as measured where at least 10
            false matches are expected; smaller ones, down to a hundredth, are estimated from the tail and marked; a door uses them
            only with Matching:AcceptEstimates. 'dooragent models add FILE --like ID --calibration TABLE' gives the table to an
            encoder of your own.
            """);
        dataset.AddTo(command);
        command.SetAction((result, stopping) => Task.FromResult(DatasetTableRun.Run(result, dataset, stopping)));
        return command;
    }
}
