using IndicatorCore.Cli;

return await CommandProcess.RunAsync(args);
