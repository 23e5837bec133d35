using IndicatorCore.Cli;

// blocks instead of awaiting: nothing else runs on this thread, and each state machine costs start-up
return CommandProcess.Run(args);
