mod extraction;
